package pgsync.worker.apply;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pgsync.task.TableName;
import pgsync.task.TableSpec;
import pgsync.task.TableSpec.Canonical;
import pgsync.task.TableSpec.ColumnSpec;
import pgsync.task.TableSpec.Guard;
import pgsync.task.TableSpec.Hash;
import pgsync.task.TableSpec.SequenceSpec;
import pgsync.task.TableSpec.UniquePart;
import pgsync.task.TableSpec.UniqueSpec;
import pgsync.task.TaskSpec;
import pgsync.task.Work;

/** A table of schema {@code public} and the settings of a task about it, in the making: as a plan would describe an ordinary one. */
final class Described {
    private final TableName name;
    private final List<ColumnSpec> columns = new ArrayList<>();
    private final List<UniqueSpec> uniques = new ArrayList<>();
    private List<String> key = List.of();
    private boolean arbiter = true;
    private boolean wholeRows = true;
    private boolean binary = true;
    private boolean overriding;
    private boolean replicaRole = true;
    private Hash hash = Hash.EXTENDED;
    private @Nullable String timestamp;
    private @Nullable String where;
    private List<String> triggers = List.of();
    private List<SequenceSpec> sequences = List.of();
    private @Nullable Integer batchRows;
    private boolean delete = true;
    private int percent = 25;
    private boolean force;
    private boolean dryRun;

    private Described(String name) {
        this.name = new TableName("public", name);
    }

    /** With text columns, but for {@code id}, which is an integer and the key when it is there. */
    static Described table(String name, String... columns) {
        var table = new Described(name);
        for (var column : columns) {
            table.column(column, column.equals("id") ? Canonical.INTEGER : Canonical.TEXT);
        }
        return Arrays.asList(columns).contains("id") ? table.key("id") : table;
    }

    Described column(String column, Canonical canonical) {
        return column(new ColumnSpec(column, null, true, canonical, null, null, Guard.NONE));
    }

    /** In the place of the one with its name, if there is one. */
    Described column(ColumnSpec column) {
        for (var i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column.name())) {
                columns.set(i, column);
                return this;
            }
        }
        columns.add(column);
        return this;
    }

    Described key(String... names) {
        key = List.of(names);
        return this;
    }

    Described unique(String index, String... expressions) {
        return unique(new UniqueSpec(
                index,
                Arrays.stream(expressions)
                        .map(expression -> new UniquePart(expression, false))
                        .toList(),
                false));
    }

    Described unique(UniqueSpec unique) {
        uniques.add(unique);
        return this;
    }

    Described withoutArbiter() {
        arbiter = false;
        return this;
    }

    /** The target has columns of its own. */
    Described partOfRows() {
        wholeRows = false;
        return this;
    }

    Described text() {
        binary = false;
        return this;
    }

    Described overriding() {
        overriding = true;
        return this;
    }

    /** Triggers and foreign keys stay on. */
    Described bound() {
        replicaRole = false;
        return this;
    }

    Described hash(Hash other) {
        hash = other;
        return this;
    }

    Described timestamp(String column) {
        timestamp = column;
        return this;
    }

    Described where(String filter) {
        where = filter;
        return this;
    }

    Described triggers(String... names) {
        triggers = List.of(names);
        return this;
    }

    Described sequence(String sequence) {
        sequences = List.of(new SequenceSpec(new TableName("public", sequence), new TableName("public", sequence)));
        return this;
    }

    Described batch(int rows) {
        batchRows = rows;
        return this;
    }

    Described deletingNothing() {
        delete = false;
        return this;
    }

    Described atMost(int percentOfRows) {
        percent = percentOfRows;
        return this;
    }

    Described forced() {
        force = true;
        return this;
    }

    Described rehearsed() {
        dryRun = true;
        return this;
    }

    TableName name() {
        return name;
    }

    TableSpec spec() {
        return new TableSpec(
                name,
                true,
                true,
                columns,
                key,
                arbiter,
                wholeRows,
                uniques,
                timestamp,
                where,
                binary,
                overriding,
                triggers,
                replicaRole,
                false,
                hash,
                false,
                sequences,
                0);
    }

    TaskSpec task(Work... steps) {
        return new TaskSpec(spec(), List.of(steps), batchRows, delete, percent, force, dryRun);
    }
}
