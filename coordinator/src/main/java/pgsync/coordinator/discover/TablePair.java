package pgsync.coordinator.discover;

import java.util.List;
import java.util.Objects;
import pgsync.config.TableRule;
import pgsync.table.Column;
import pgsync.table.TableShape;
import pgsync.task.TableName;

/** A selected table as it stands on both sides. When it comes out of {@link Discovery}, its rows can be moved. */
public record TablePair(TableShape source, TableShape target, TableRule rule) {
    public TablePair {
        if (!source.name().equals(target.name())) {
            throw new IllegalArgumentException("%s paired with %s".formatted(source.name(), target.name()));
        }
    }

    public TableName name() {
        return source.name();
    }

    public TablePair withRule(TableRule other) {
        return new TablePair(source, target, other);
    }

    /** The target's columns that have one value in every row, whatever the source says. */
    public List<Column> fixed() {
        return target.columns().stream()
                .filter(column -> rule.fixed().containsKey(column.name()))
                .toList();
    }

    /** The source's columns that the rule leaves in and that the target can be given a value for, in the source's order. */
    public List<Column> columns() {
        return wanted().stream()
                .filter(column ->
                        target.column(column.name()).filter(Column::generated).isEmpty())
                .toList();
    }

    /** The source's columns that the rule leaves in and that both sides compute: nothing travels, and they are to be equal. */
    public List<Column> computedOnBoth() {
        return wanted().stream()
                .filter(Column::generated)
                .filter(column ->
                        target.column(column.name()).filter(Column::generated).isPresent())
                .toList();
    }

    /** Those of them that are printed in different words: of two servers of one major, that is another way. */
    List<Column> printedOtherwise() {
        return computedOnBoth().stream()
                .filter(column -> !Objects.equals(
                        column.expression(),
                        target.column(column.name()).orElseThrow().expression()))
                .toList();
    }

    /** As {@link #columns}, with those that the target computes itself. */
    List<Column> wanted() {
        return source.columns().stream()
                .filter(column -> rule.columns().isEmpty() || rule.columns().contains(column.name()))
                .filter(column -> !rule.fixed().containsKey(column.name()))
                .filter(column -> !rule.exclude().contains(column.name()))
                .toList();
    }
}
