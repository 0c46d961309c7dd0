package pgsync.coordinator.verify;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pgsync.connect.Side;
import pgsync.sql.Quoted;
import pgsync.task.TableSpec;
import pgsync.task.TableSpec.ColumnSpec;

/**
 * The queries about one table on one side. A row is its text as the target would print it: PostgreSQL's own output of a record, in
 * which NULL is not the empty text, and blanks at the end of a {@code char(n)} stay.
 */
final class VerifySql {
    private final TableSpec table;
    private final Side side;
    private final boolean sha256;

    /** @param sha256 both servers know it (11 and newer) */
    VerifySql(TableSpec table, Side side, boolean sha256) {
        this.table = table;
        this.side = side;
        this.sha256 = sha256;
    }

    /** Number of the bucket, rows, order-free sum of their hashes; in the order of numbers. Rows that are equal are in one bucket. */
    String buckets(long mask) {
        return """
                select pgsync_h & %1$d as bucket, count(*) as n, sum(pgsync_h)::text as h
                  from (select %2$s as pgsync_h from %3$s) pgsync_rows
                 group by 1
                 order by 1
                """.formatted(mask, number(rowText()), from(null));
    }

    /** Key, hash, hashes of the columns and whether it is newer than the last run; in the order of the key's bytes in UTF-8. */
    String rowsByKey(Rows rows, @Nullable String since) {
        var key = table.asStored() ? "encode(" + bytes(keyText()) + ", 'escape')" : keyText();
        return "select %1$s, %2$s, %3$s, %4$s from %5$s order by convert_to(%1$s, 'UTF8')"
                .formatted(key, hash(rowText()), columnHashes(), newer(since), from(condition(rows)));
    }

    /** Hashes of rows, in the order of hashes. */
    String rowsByHash(Rows rows, @Nullable String since) {
        return "select %1$s, %2$s from %3$s order by %1$s collate \"C\""
                .formatted(hash(rowText()), newer(since), from(condition(rows)));
    }

    /**
     * Which rows to look at.
     *
     * @param buckets numbers of those that differ; null for every row
     */
    record Rows(long mask, @Nullable List<Long> buckets) {}

    private @Nullable String condition(Rows rows) {
        return rows.buckets() == null
                ? null
                : "(%s & %d) = any ('{%s}'::bigint[])"
                        .formatted(
                                number(rowText()),
                                rows.mask(),
                                rows.buckets().stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    private String from(@Nullable String condition) {
        var only = side == Side.SOURCE ? table.sourceOnly() : table.targetOnly();
        // The filter stands on lines of its own: it may end with a comment.
        var filter = table.where() == null ? "" : " where (\n" + table.where() + "\n)";
        var more = condition == null ? "" : (filter.isEmpty() ? " where " : " and ") + condition;
        return (only ? "only " : "") + table.table().quoted() + filter + more;
    }

    private String rowText() {
        return text(table.columns());
    }

    private String keyText() {
        var key = table.key().stream().map(table::column).toList();
        return key.size() == 1 ? value(key.getFirst()) + "::text" : text(key);
    }

    private String text(List<ColumnSpec> columns) {
        return columns.stream().map(this::value).collect(Collectors.joining(", ", "row(", ")::text"));
    }

    /** On the source as the type that the target has, or what a rule says to be there. */
    private String value(ColumnSpec column) {
        var value = side == Side.SOURCE && column.fixed() != null ? column.fixed() : Quoted.identifier(column.name());
        return side == Side.SOURCE && column.cast() != null ? value + "::" + column.cast() : value;
    }

    /** In hexadecimal digits, of the text in UTF-8 whatever encoding the database stores it in. */
    private String hash(String text) {
        return sha256 ? "encode(sha256(" + bytes(text) + "), 'hex')" : "md5(" + bytes(text) + ")";
    }

    /** Two databases without an encoding have nothing but bytes. */
    private String bytes(String text) {
        return "convert_to(" + text + (table.asStored() ? ", 'SQL_ASCII')" : ", 'UTF8')");
    }

    private String number(String text) {
        return "('x' || left(" + hash(text) + ", 16))::bit(64)::bigint";
    }

    /** Eight digits a column. */
    private String columnHashes() {
        return table.columns().stream()
                .map(column -> "left(" + hash(text(List.of(column))) + ", 8)")
                .collect(Collectors.joining(", ", "array_to_string(array[", "]::text[], '')"));
    }

    private String newer(@Nullable String since) {
        return since == null || table.timestamp() == null || side == Side.TARGET
                ? "false"
                : "coalesce(%s >= %s, false)".formatted(Quoted.identifier(table.timestamp()), Quoted.literal(since));
    }
}
