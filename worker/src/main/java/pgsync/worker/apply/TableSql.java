package pgsync.worker.apply;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pgsync.sql.Quoted;
import pgsync.task.Slice;
import pgsync.task.TableSpec;
import pgsync.task.TableSpec.Canonical;
import pgsync.task.TableSpec.ColumnSpec;
import pgsync.task.TableSpec.KeyType;
import pgsync.worker.move.RowFormat;

/**
 * The SQL texts for one table. Names differ from table to table, so these texts are put together here and nowhere else; values
 * never enter them except as quoted literals.
 */
final class TableSql {
    /** Types whose equal values are always stored the same; a key of any other type may differ in bytes and still be the same key. */
    private static final Set<Canonical> IDENTICAL_WHEN_EQUAL = Set.of(Canonical.TEXT, Canonical.INTEGER);

    private static final String LONGEST_INTERVALS = "178956970 years 7 mons 2147483647 days 2562047788:00:54[.]775807"
            + "|-178956970 years -8 mons -2147483648 days -2562047788:00:54[.]775808";

    /** With a literal for the table's name: {@code pgsync_tree} holds the OIDs of the table and its partitions. */
    static final String TREE = """
            with recursive pgsync_tree(oid) as (
                select %s::regclass::oid
                union all
                select i.inhrelid
                  from pgsync_tree
                  join pg_catalog.pg_inherits i on i.inhparent = pgsync_tree.oid
                  join pg_catalog.pg_class p on p.oid = i.inhrelid and p.relispartition)
            """;

    private final TableSpec spec;
    private final String suffix;

    /** @param suffix of temporary tables, where those of several tables are in one transaction */
    TableSql(TableSpec spec, String suffix) {
        this.spec = spec;
        this.suffix = suffix;
    }

    /** A temporary table of ours, as it is created; elsewhere {@link #temp} names it, so that no other table is meant. */
    String newTemp(String name) {
        return "pgsync_" + name + suffix;
    }

    String temp(String name) {
        return "pg_temp." + newTemp(name);
    }

    String stage() {
        return temp("stage");
    }

    RowFormat format() {
        if (spec.asStored()) {
            return RowFormat.TEXT_AS_STORED;
        }
        return spec.binary() ? RowFormat.BINARY : RowFormat.TEXT;
    }

    private String quotedColumns() {
        return Quoted.identifiers(spec.columns().stream().map(ColumnSpec::name).toList());
    }

    /** The name for a column of ours beside the table's own: they may be called anything. */
    String free(String wanted) {
        var name = wanted;
        for (var taken = true; taken; ) {
            var tried = name;
            taken = spec.columns().stream().anyMatch(column -> column.name().equals(tried));
            name = taken ? name + "_" : name;
        }
        return name;
    }

    /** Numbers the rows of the temporary tables of keys, from 1. */
    String number() {
        return free("pgsync_n");
    }

    String source() {
        return (spec.sourceOnly() ? "only " : "") + spec.table().quoted();
    }

    String target() {
        return (spec.targetOnly() ? "only " : "") + spec.table().quoted();
    }

    /** Rows of the source that the filter and {@code condition} let through. */
    String select(@Nullable String condition) {
        return "select "
                + spec.columns().stream().map(TableSql::onSource).collect(Collectors.joining(", "))
                + " from " + source() + filtered(condition);
    }

    private static String onSource(ColumnSpec column) {
        var name = Quoted.identifier(column.name());
        return column.fixed() == null ? guarded(column, name) : column.fixed() + " as " + name;
    }

    private static String guarded(ColumnSpec column, String name) {
        return switch (column.guard()) {
            case NONE -> name;
            // The empty value is a zero byte, which is no text.
            case BYTES_BEYOND_ASCII ->
                "case when %1$s = '' then '' else convert_from(charsend(%1$s), 'UTF8') end as %1$s".formatted(name);
            // As text they are also found inside of other values. No interval has room for the product, so that is an
            // error.
            case LONGEST_INTERVALS ->
                "case when %1$s::text ~ '%2$s' and interval '178956970 years' * length(%1$s::text) is null then null else %1$s end as %1$s"
                        .formatted(name, LONGEST_INTERVALS);
        };
    }

    /** {@code where} with the table's filter and the condition; empty without either. */
    String filtered(@Nullable String condition) {
        // On lines of its own: it may end with a comment.
        var filter = spec.where() == null ? null : "(\n" + spec.where() + "\n)";
        if (filter == null && condition == null) {
            return "";
        }
        return " where "
                + (filter == null ? "" : filter)
                + (filter != null && condition != null ? " and " : "")
                + (condition == null ? "" : condition);
    }

    @Nullable
    String sliceCondition(Slice slice) {
        return switch (slice) {
            case Slice.Whole() -> null;
            case Slice.Blocks(var from, var to) ->
                "ctid >= '(%d,0)'::tid".formatted(from) + (to == -1 ? "" : " and ctid < '(%d,0)'::tid".formatted(to));
            case Slice.Keys(var column, var from, var to) -> keyRange(Quoted.identifier(column), from, to);
        };
    }

    private static @Nullable String keyRange(String column, @Nullable Long from, @Nullable Long to) {
        var lower = from == null ? null : column + " >= " + from;
        var upper = to == null ? null : column + " < " + to;
        if (lower != null && upper != null) {
            return lower + " and " + upper;
        }
        return lower == null ? upper : lower;
    }

    String stampColumn() {
        return Quoted.identifier(
                java.util.Objects.requireNonNull(spec.timestamp(), "table without a timestamp column"));
    }

    /** Inclusive. Rows without a stamp are always in doubt, and so are those stamped before all time, which nothing ever moves. */
    String changedSince(String low) {
        return "(%1$s >= %2$s or %1$s is null or %1$s = '-infinity')".formatted(stampColumn(), Quoted.literal(low));
    }

    String copyInto(String table) {
        return table + " (" + quotedColumns() + ")";
    }

    /** The target's own types, no defaults and no constraints. Gone with the transaction. */
    String createStage() {
        return "create temp table " + newTemp("stage") + " on commit drop as select " + quotedColumns() + " from "
                + target() + " with no data";
    }

    // --- upsert

    /** Inserts what is new and updates what differs in any byte; rows that are the same are not touched. */
    String upsert() {
        var settable = settable();
        var action = settable.isEmpty()
                ? "do nothing"
                : "do update set "
                        + settable.stream()
                                .map(c -> Quoted.identifier(c.name()) + " = excluded." + Quoted.identifier(c.name()))
                                .collect(Collectors.joining(", "))
                        + " where " + differs("pgsync_t", "excluded", settable);
        return "insert into " + spec.table().quoted() + " as pgsync_t (" + quotedColumns() + ")" + overriding()
                + " select " + quotedColumns() + " from " + stage() + " on conflict (" + Quoted.identifiers(spec.key())
                + ") " + action;
    }

    /** The same in two statements, for a key that ON CONFLICT cannot name: first the update … */
    String updateFromStage() {
        var settable = settable();
        return "update " + target() + " as pgsync_t set "
                + settable.stream()
                        .map(c -> Quoted.identifier(c.name()) + " = pgsync_s." + Quoted.identifier(c.name()))
                        .collect(Collectors.joining(", "))
                + " from " + stage() + " pgsync_s where " + sameKey("pgsync_t", "pgsync_s") + " and "
                + differs("pgsync_t", "pgsync_s", settable);
    }

    boolean hasSettableColumns() {
        return !settable().isEmpty();
    }

    /** … then the insert of keys that are not there. */
    String insertMissingFromStage() {
        return "insert into " + spec.table().quoted() + " (" + quotedColumns() + ")" + overriding() + " select "
                + quotedColumns() + " from " + stage() + " pgsync_s where not exists (select 1 from " + target()
                + " pgsync_t where " + sameKey("pgsync_t", "pgsync_s") + ")";
    }

    String insertAllFromStage() {
        return "insert into " + spec.table().quoted() + " (" + quotedColumns() + ")" + overriding() + " select "
                + quotedColumns() + " from " + stage() + " pgsync_s";
    }

    /** Staged rows whose key is in {@code removed}, which holds the key and the target's own columns as well. */
    String insertFromStageAnd(String removed, List<String> own) {
        return "insert into %s (%s, %s) overriding system value select %s, %s from %s pgsync_s join %s pgsync_g on %s"
                .formatted(
                        spec.table().quoted(),
                        quotedColumns(),
                        Quoted.identifiers(own),
                        spec.columns().stream()
                                .map(c -> "pgsync_s." + Quoted.identifier(c.name()))
                                .collect(Collectors.joining(", ")),
                        own.stream()
                                .map(c -> "pgsync_g." + Quoted.identifier(c))
                                .collect(Collectors.joining(", ")),
                        stage(),
                        removed,
                        sameKey("pgsync_g", "pgsync_s"));
    }

    /** A condition on {@code pgsync_s}, a staged row. */
    String notIn(String removed) {
        return "not exists (select 1 from " + removed + " pgsync_g where " + sameKey("pgsync_g", "pgsync_s") + ")";
    }

    /** Gives the columns of the staged rows, and of those whose keys are in {@code more}, these values, see {@link Parking#ways}. */
    String park(Map<String, String> values, String more) {
        var set = values.entrySet().stream()
                .map(value -> Quoted.identifier(value.getKey()) + " = " + value.getValue())
                .collect(Collectors.joining(", "));
        return "update %1$s as pgsync_t set %2$s from (select *, row_number() over () as %7$s from (select %3$s from %4$s union select %3$s from %5$s) pgsync_keys) pgsync_k where %6$s"
                .formatted(target(), set, key(), stage(), more, sameKey("pgsync_k", "pgsync_t"), number());
    }

    /** The number of a row among those that are parked. */
    String parkedNumber() {
        return "pgsync_k." + number();
    }

    /** The most that the column has in a row that is there or staged. */
    String most(String column) {
        return "(select max(%1$s) from (select %1$s from %2$s union all select %1$s from %3$s) pgsync_all)"
                .formatted(Quoted.identifier(column), target(), stage());
    }

    // --- a table without a key: rows are equal when their texts are, both being of the target's types

    /** Of rows that the target holds more often than the stage, as many as are too many. */
    String deleteSurplus() {
        var text = free("pgsync_r");
        var number = free("pgsync_n");
        var root = free("pgsync_o");
        var place = free("pgsync_c");
        return """
                delete from %1$s as pgsync_t using (
                    select %4$s, %5$s
                      from (select %4$s, %5$s, %2$s, row_number() over (partition by %2$s) as %3$s
                              from (select %4$s, %5$s, %6$s as %2$s
                                      from (select tableoid as %4$s, ctid as %5$s, %10$s from %1$s%7$s) pgsync_h) pgsync_texts) pgsync_held
                      left join (select %2$s as pgsync_same, count(*) as pgsync_wanted
                                   from (select %8$s as %2$s from %9$s pgsync_s) pgsync_texts
                                  group by %2$s) pgsync_staged
                        on pgsync_same = %2$s
                     where %3$s > coalesce(pgsync_wanted, 0)) pgsync_gone
                 where pgsync_t.tableoid = pgsync_gone.%4$s and pgsync_t.ctid = pgsync_gone.%5$s
                """.formatted(
                        target(),
                        text,
                        number,
                        root,
                        place,
                        rowText("pgsync_h"),
                        filtered(null),
                        rowText("pgsync_s"),
                        stage(),
                        quotedColumns());
    }

    /** When no surplus is left: the staged rows that the target holds less often than the stage. */
    String insertLacking() {
        var text = free("pgsync_r");
        var number = free("pgsync_n");
        return """
                insert into %1$s (%2$s)%3$s
                select %2$s
                  from (select %2$s, %4$s, row_number() over (partition by %4$s) as %5$s
                          from (select pgsync_s.*, %6$s as %4$s from %7$s pgsync_s) pgsync_texts) pgsync_staged
                  left join (select %4$s as %10$s, count(*) as %11$s
                               from (select %8$s as %4$s from %9$s pgsync_h) pgsync_texts
                              group by %4$s) pgsync_held
                    on %10$s = %4$s
                 where %5$s > coalesce(%11$s, 0)
                """.formatted(
                        spec.table().quoted(),
                        quotedColumns(),
                        overriding(),
                        text,
                        number,
                        rowText("pgsync_s"),
                        stage(),
                        rowText("pgsync_h"),
                        held(),
                        free("pgsync_same"),
                        free("pgsync_there"));
    }

    /** What {@link #insertLacking} and {@link #deleteSurplus} would write. */
    String countLackingAndSurplus() {
        return """
                select coalesce(sum(greatest(pgsync_wanted - pgsync_there, 0)), 0), coalesce(sum(greatest(pgsync_there - pgsync_wanted, 0)), 0)
                  from (select sum(pgsync_s) as pgsync_wanted, sum(pgsync_h) as pgsync_there
                          from (select %1$s as pgsync_r, 1 as pgsync_s, 0 as pgsync_h from %2$s pgsync_s
                                union all
                                select %3$s, 0, 1 from %4$s pgsync_h) pgsync_texts
                         group by pgsync_r) pgsync_sums
                """.formatted(rowText("pgsync_s"), stage(), rowText("pgsync_h"), held());
    }

    /** The target's rows that the filter lets through. It may name the table, which must not have another name where it stands. */
    private String held() {
        return "(select " + quotedColumns() + " from " + target() + filtered(null) + ")";
    }

    private String rowText(String alias) {
        return row(alias, spec.columns()) + "::text collate \"C\"";
    }

    /** How many staged rows an upsert would write. */
    String countDifferent() {
        return "select count(*) from " + stage() + " pgsync_s left join " + target() + " pgsync_t on "
                // Not the key: a composite of nulls is null too.
                + sameKey("pgsync_t", "pgsync_s") + " where pgsync_t.ctid is null or "
                + differs("pgsync_t", "pgsync_s", compared());
    }

    /** Keys of rows that are not staged and that this transaction wrote; perhaps of some that others have written since it began. */
    String writtenBesides() {
        return "select " + keyAsText("pgsync_t") + " from " + target()
                // The age of what a savepoint of ours wrote is below 0: it is counted from the transaction's own
                // number.
                + " pgsync_t where pg_catalog.age(pgsync_t.xmin) <= 0 and not exists (select 1 from " + stage()
                + " pgsync_s where " + sameKey("pgsync_s", "pgsync_t") + ")";
    }

    /** The same as far as the table's filter lets them through. */
    String writtenBesidesAndKept() {
        // The filter may name the table, so it has no other name where the filter stands.
        return "select " + keyAsText("pgsync_t") + " from (select " + key() + " from " + target()
                + filtered("pg_catalog.age(xmin) <= 0") + ") pgsync_t where not exists (select 1 from " + stage()
                + " pgsync_s where " + sameKey("pgsync_s", "pgsync_t") + ")";
    }

    /**
     * For a session beside the one that writes: keys of rows that were there before it, among them all that it took away or changed. Whoever
     * does either leaves his number in {@code xmax} at once, and others do not heed it before he commits.
     */
    String perhapsGone() {
        return "select " + key() + " from " + target() + " pgsync_t where pgsync_t.xmax::text <> '0'";
    }

    /** Of the keys in a temporary table those that are neither there nor staged. */
    String goneBesides(String temp) {
        return "select " + keyAsText("pgsync_e") + " from " + temp(temp) + " pgsync_e where not exists (select 1 from "
                + target() + " pgsync_t where " + sameKey("pgsync_e", "pgsync_t") + ") and not exists (select 1 from "
                + stage() + " pgsync_s where " + sameKey("pgsync_e", "pgsync_s") + ")";
    }

    /** Identity columns GENERATED ALWAYS outside of the key: no UPDATE can set them. */
    private List<ColumnSpec> fixed() {
        return compared().stream().filter(c -> !c.settable()).toList();
    }

    boolean hasFixedColumns() {
        return !fixed().isEmpty();
    }

    /** How many rows have another value in a column that no UPDATE can set. */
    String countFixedDifferent() {
        return "select count(*) from " + stage() + " pgsync_s join " + target() + " pgsync_t on "
                + sameKey("pgsync_t", "pgsync_s") + " where " + differs("pgsync_t", "pgsync_s", fixed());
    }

    /** Takes rows out of the batch that the target has in the same form. */
    String unstageSame() {
        return "delete from " + stage() + " pgsync_s using " + target() + " pgsync_t where "
                + sameKey("pgsync_t", "pgsync_s") + " and not " + differs("pgsync_t", "pgsync_s", compared());
    }

    /** How many of the keys in a temporary table the target still has. */
    String countRemaining(String temp) {
        return "select count(*) from " + target() + " pgsync_t join " + temp(temp) + " pgsync_e on "
                + sameKey("pgsync_e", "pgsync_t");
    }

    /** How many keys are more than once in a temporary table of keys. */
    String countDoubles(String temp) {
        return "select count(*) from (select 1 from " + temp(temp) + " group by " + key()
                + " having count(*) > 1) pgsync_doubles";
    }

    private String overriding() {
        return spec.overriding() ? " overriding system value" : "";
    }

    /** Columns an update sets: not the key where equal keys are identical, not identity columns GENERATED ALWAYS. */
    private List<ColumnSpec> settable() {
        return compared().stream().filter(ColumnSpec::settable).toList();
    }

    private List<ColumnSpec> compared() {
        return spec.columns().stream()
                .filter(c -> !spec.key().contains(c.name()) || !IDENTICAL_WHEN_EQUAL.contains(c.canonical()))
                .toList();
    }

    /**
     * Record image comparison (manual, 9.25.6 "Composite Type Comparison"): tells byte-wise whether two rows differ, also for
     * types without an equality such as json, xml and point, and tells 1.0 from 1.00. The cast matters: between two bare
     * {@code row(…)} PostgreSQL looks for the operator column by column and finds none.
     */
    private static String differs(String one, String other, List<ColumnSpec> columns) {
        if (columns.isEmpty()) {
            return "false";
        }
        return row(one, columns) + " operator(pg_catalog.*<>) " + row(other, columns);
    }

    private static String row(String alias, List<ColumnSpec> columns) {
        return columns.stream()
                .map(c -> alias + "." + Quoted.identifier(c.name()))
                .collect(Collectors.joining(", ", "row(", ")::record"));
    }

    String sameKey(String one, String other) {
        return spec.key().stream()
                .map(spec::column)
                .map(column -> same(
                        one + "." + Quoted.identifier(column.name()),
                        other + "." + Quoted.identifier(column.name()),
                        column.keyType() != null && column.keyType().asRecord()))
                .collect(Collectors.joining(" and "));
    }

    /** Both of one type. Inside a record NULL equals NULL. */
    static String same(String one, String other, boolean asRecord) {
        return asRecord ? "row(%s)::record = row(%s)::record".formatted(one, other) : one + " = " + other;
    }

    String key() {
        return Quoted.identifiers(spec.key());
    }

    String keyOf(String alias) {
        return spec.key().stream().map(k -> alias + "." + Quoted.identifier(k)).collect(Collectors.joining(", "));
    }

    /** To become literals again with {@link #literal}. */
    String keyAsText(String alias) {
        return spec.key().stream()
                .map(k -> alias + "." + Quoted.identifier(k) + "::text")
                .map(text -> spec.asStored() ? "encode(convert_to(" + text + ", 'SQL_ASCII'), 'hex')" : text)
                .collect(Collectors.joining(", "));
    }

    /** Rows of the source with one of these keys. Never called without keys. */
    String keyInOnSource(List<List<String>> keys) {
        return keyIn(keys, KeyType::onSource);
    }

    /** The same on the target. */
    String keyInOnTarget(List<List<String>> keys) {
        return keyIn(keys, KeyType::onTarget);
    }

    /** {@code (k1, k2) in (('a', 'b'), …)}; the literals take the columns' types. */
    private String keyIn(List<List<String>> keys, Function<KeyType, String> typeName) {
        var types =
                spec.key().stream().map(spec::column).map(ColumnSpec::keyType).toList();
        if (types.contains(null)) {
            return "(" + key() + ") in ("
                    + keys.stream()
                            .map(k -> k.stream().map(this::literal).collect(Collectors.joining(", ", "(", ")")))
                            .collect(Collectors.joining(", "))
                    + ")";
        }
        var names = IntStream.range(0, types.size())
                .mapToObj(i -> free("pgsync_k" + i))
                .toList();
        var rows = keys.stream()
                .map(k -> IntStream.range(0, types.size())
                        .mapToObj(i -> literal(k.get(i)) + "::" + typeName.apply(types.get(i)))
                        .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", "));
        var equal = IntStream.range(0, types.size())
                .mapToObj(i -> same(
                        Quoted.identifier(spec.key().get(i)),
                        "pgsync_k." + names.get(i),
                        types.get(i).asRecord()))
                .collect(Collectors.joining(" and "));
        return "exists (select 1 from (values %s) as pgsync_k (%s) where %s)"
                .formatted(rows, String.join(", ", names), equal);
    }

    private String literal(String part) {
        return spec.asStored() ? Quoted.literalOfBytes(part) : Quoted.literal(part);
    }

    // --- digests

    /** A 64-bit hash of the key: equal keys have equal hashes on both sides, whatever their stored form. */
    String keyHash() {
        if (spec.hash() == TableSpec.Hash.EXTENDED && spec.key().size() == 1) {
            var only = spec.column(spec.key().getFirst());
            if (only.canonical() == Canonical.INTEGER) {
                // By itself it folds both halves into 32 bits: 1 and 4294967296 would be one key.
                return "(hashint8extended(%1$s::bigint, 0) # hashint8extended(%1$s::bigint >> 32, 1))"
                        .formatted(Quoted.identifier(only.name()));
            }
        }
        return hash(spec.key().stream().map(k -> canonicalKey(spec.column(k))).collect(Collectors.joining(", ")));
    }

    /** A 64-bit hash of the whole row's text; {@code onSource} casts columns whose types differ to the target's. */
    String rowHash(boolean onSource) {
        return hash(spec.columns().stream().map(c -> hashed(c, onSource)).collect(Collectors.joining(", ")));
    }

    /** Of the text of a row, so that a value cannot move to another column unnoticed. */
    private String hash(String columns) {
        var text = "row(" + columns + ")::text";
        return switch (spec.hash()) {
            case EXTENDED -> "hashtextextended(" + text + " collate \"C\", 0)";
            case MD5 -> number("md5(" + text + ")");
            case UTF8_MD5 -> number("md5(convert_to(" + text + ", 'UTF8'))");
            case UTF8_SHA256 -> number("encode(sha256(convert_to(" + text + ", 'UTF8')), 'hex')");
        };
    }

    private static String number(String hex) {
        return "('x' || substr(" + hex + ", 1, 16))::bit(64)::bigint";
    }

    private static String canonicalKey(ColumnSpec column) {
        var name = Quoted.identifier(column.name());
        return switch (column.canonical()) {
            case TEXT, INTEGER, LOOSE -> name + "::text";
            case NUMERIC ->
                "case when %1$s::text like '%%.%%' then rtrim(rtrim(%1$s::text, '0'), '.') else %1$s::text end"
                        .formatted(name);
            case FLOAT -> "float8send((" + name + " + 0)::float8)";
            case FLOAT_ARRAY -> "array_send(" + name + ")";
            case FOLDED -> "lower(" + name + "::text)";
        };
    }

    private static String hashed(ColumnSpec column, boolean onSource) {
        var name = onSource && column.fixed() != null ? column.fixed() : Quoted.identifier(column.name());
        if (column.canonical() == Canonical.FLOAT) {
            // Servers before 12 print 17 digits where newer ones print the shortest form; the bytes are the same.
            return "float8send(" + name + "::float8)";
        }
        if (column.canonical() == Canonical.FLOAT_ARRAY) {
            return "array_send(" + name + ")";
        }
        return onSource && column.cast() != null ? name + "::" + column.cast() : name;
    }
}
