package pgsync.coordinator.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pgsync.config.TableRule.FixedValue;
import pgsync.coordinator.discover.TablePair;
import pgsync.sql.Quoted;
import pgsync.table.Column;
import pgsync.table.OwnedSequence;
import pgsync.table.ServerFacts;
import pgsync.table.TableShape;
import pgsync.table.UniqueIndex;
import pgsync.table.ValueType;
import pgsync.table.ValueType.Plain;
import pgsync.task.TableName;
import pgsync.task.TableSpec;
import pgsync.task.TableSpec.Canonical;
import pgsync.task.TableSpec.ColumnSpec;
import pgsync.task.TableSpec.Guard;
import pgsync.task.TableSpec.KeyType;
import pgsync.task.TableSpec.SequenceSpec;
import pgsync.task.TableSpec.UniquePart;
import pgsync.task.TableSpec.UniqueSpec;

/** Makes the complete description of a table that a worker needs. Stateless. */
final class SpecBuilder {
    private static final int FIRST_WITH_EXTENDED_HASH = 11;
    private static final int FIRST_WITH_INFINITE_INTERVALS = 17;

    /**
     * Built-in types whose binary form is the same in every major from 10 to 18, by {@code typname}, but for an interval, see
     * {@link #sameBytes}. Text is slower by about 15 % and always right, so a type is here only when its send and receive
     * functions never changed.
     */
    private static final Set<String> BINARY = Set.of(
            "bool",
            "bytea",
            "int8",
            "int2",
            "int4",
            "text",
            "float4",
            "float8",
            "bpchar",
            "varchar",
            "date",
            "time",
            "timestamp",
            "timestamptz",
            "interval",
            "timetz",
            "bit",
            "varbit",
            "numeric",
            "uuid",
            "json",
            "jsonb",
            "inet",
            "cidr",
            "macaddr",
            "_bool",
            "_bytea",
            "_int8",
            "_int2",
            "_int4",
            "_text",
            "_float4",
            "_float8",
            "_varchar",
            "_date",
            "_timestamp",
            "_timestamptz",
            "_numeric",
            "_uuid");

    /** Not here: interval (a month is 30 days), bpchar (blanks at the end), jsonb and whatever holds numerics or floats. */
    private static final Set<String> SAME_TEXT_WHEN_EQUAL = Set.of(
            "bool",
            "bytea",
            "char",
            "name",
            "text",
            "varchar",
            "uuid",
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "oid",
            "xid8",
            "pg_lsn",
            "money",
            "bit",
            "varbit",
            "inet",
            "cidr",
            "macaddr",
            "macaddr8",
            "int4range",
            "int8range",
            "daterange",
            "tsrange",
            "tstzrange",
            "_int2",
            "_int4",
            "_int8",
            "_text",
            "_varchar",
            "_uuid");

    private static final Set<String> STAMPS = Set.of("timestamp", "timestamptz", "date");

    private final ServerFacts source;
    private final ServerFacts target;

    SpecBuilder(ServerFacts source, ServerFacts target) {
        this.source = source;
        this.target = target;
    }

    /** The timestamp column to use: the rule's, else the first of the list that both sides have with a fitting type. */
    static Optional<Column> timestamp(TablePair pair, List<String> candidates) {
        var names = pair.rule().timestamp() != null ? List.of(pair.rule().timestamp()) : candidates;
        return names.stream()
                .flatMap(name -> pair.source().column(name).stream())
                .filter(c -> STAMPS.contains(c.baseTypeName()) && travels(pair, c.name()))
                .findFirst();
    }

    private static boolean travels(TablePair pair, String name) {
        return columnsOfBoth(pair).stream().anyMatch(c -> c.name().equals(name));
    }

    /** Columns of the target that get values of the source. */
    private static List<Column> columnsOfBoth(TablePair pair) {
        return pair.columns().stream()
                .map(c -> pair.target().column(c.name()).orElseThrow())
                .toList();
    }

    /** Columns of the target that get values. */
    private static List<Column> written(TablePair pair) {
        return Stream.concat(columnsOfBoth(pair).stream(), pair.fixed().stream())
                .toList();
    }

    TableSpec build(TablePair pair, @Nullable Column timestamp, boolean refersToItself) {
        var columns = written(pair);
        var key = key(pair, columnsOfBoth(pair));
        var specs = new ArrayList<ColumnSpec>();
        if (timestamp != null) {
            specs.add(column(pair, pair.target().column(timestamp.name()).orElseThrow(), key));
        }
        columns.stream()
                .filter(c -> timestamp == null || !c.name().equals(timestamp.name()))
                .map(c -> column(pair, c, key))
                .forEach(specs::add);
        return new TableSpec(
                pair.target().name(),
                pair.source().kind() == TableShape.Kind.ORDINARY,
                pair.target().kind() == TableShape.Kind.ORDINARY,
                specs,
                key,
                arbiter(pair.target(), key),
                pair.target().columns().stream().filter(c -> !c.generated()).count() == specs.size(),
                uniques(pair.target(), columns, key),
                timestamp == null ? null : timestamp.name(),
                pair.rule().where(),
                !storesAnyBytes() && columns.stream().allMatch(c -> binary(pair, c)),
                columns.stream().anyMatch(c -> c.identity() == Column.Identity.ALWAYS),
                triggers(pair.target()),
                target.maySetReplicationRole(),
                !target.maySetReplicationRole() && refersToItself,
                hash(),
                storesAnyBytes(),
                sequences(pair),
                pair.source().estimatedRows());
    }

    /** The same with the columns that both sides compute, for a comparison: the values that nothing brought over. */
    TableSpec withComputed(TablePair pair, TableSpec spec) {
        var columns = new ArrayList<>(spec.columns());
        pair.computedOnBoth().stream()
                .filter(SpecBuilder::isReadable)
                .map(column -> pair.target().column(column.name()).orElseThrow())
                .filter(SpecBuilder::isReadable)
                .map(column -> column(pair, column, List.of()))
                .forEach(columns::add);
        return spec.withColumns(columns);
    }

    private static boolean isReadable(Column column) {
        return column.rights().contains(TableShape.Right.SELECT);
    }

    private TableSpec.Hash hash() {
        var isOld = source.major() < FIRST_WITH_EXTENDED_HASH || target.major() < FIRST_WITH_EXTENDED_HASH;
        if (source.encoding().equals(target.encoding())) {
            return isOld ? TableSpec.Hash.MD5 : TableSpec.Hash.EXTENDED;
        }
        return isOld ? TableSpec.Hash.UTF8_MD5 : TableSpec.Hash.UTF8_SHA256;
    }

    /** Text of such databases may be no text in UTF-8, which all others speak with us. */
    private boolean storesAnyBytes() {
        return source.storesAnyBytes() && target.storesAnyBytes();
    }

    private ColumnSpec column(TablePair pair, Column target, List<String> key) {
        var value = pair.rule().fixed().get(target.name());
        if (value != null) {
            return new ColumnSpec(target.name(), null, true, canonical(target), null, fixed(target, value), Guard.NONE);
        }
        var source = pair.source().column(target.name()).orElseThrow();
        return new ColumnSpec(
                target.name(),
                cast(source.values(), target.values()),
                target.identity() != Column.Identity.ALWAYS,
                canonical(target),
                keyType(pair, source, target, key),
                null,
                guard(source));
    }

    private Guard guard(Column column) {
        if (source.printsCharsInOctal() && !target.printsCharsInOctal()) {
            return column.values().holds("char") ? Guard.BYTES_BEYOND_ASCII : Guard.NONE;
        }
        if (isOlder(source, FIRST_WITH_INFINITE_INTERVALS) && !isOlder(target, FIRST_WITH_INFINITE_INTERVALS)) {
            return column.values().holds("interval") ? Guard.LONGEST_INTERVALS : Guard.NONE;
        }
        return Guard.NONE;
    }

    private static boolean isOlder(ServerFacts server, int first) {
        return server.major() < first;
    }

    /** Other types need not be there on the source, and have the same text. */
    private static String fixed(Column target, FixedValue value) {
        var type = isBinary(target) ? target.type() : "text";
        return (value.text() == null ? "null" : Quoted.literal(value.text())) + "::" + type;
    }

    private static @Nullable KeyType keyType(TablePair pair, Column source, Column target, List<String> key) {
        var named = key.contains(target.name())
                && key.stream()
                        .anyMatch(k -> hasOwnOperators(pair.target().column(k).orElseThrow()));
        return named ? new KeyType(source.type(), target.type(), hasOwnOperators(target)) : null;
    }

    /**
     * Enums and ranges are made types too, but compare by operators of {@code pg_catalog}. Not domains over enums: PostgreSQL looks under a
     * domain for an array or a range, but not for an enum (manual, 38.2.5 "Polymorphic Types").
     */
    private static boolean hasOwnOperators(Column column) {
        return !column.builtIn()
                && (column.kind() == 'b'
                        || column.kind() == 'c'
                        || (column.kind() == 'e' && column.typeOid() != column.baseTypeOid()));
    }

    /**
     * The source's value has to read as the target's does before it is hashed. Only between types of PostgreSQL's own, which both
     * servers know; all others have the same text on both sides. So has text, and a cast would take blanks off its end.
     */
    private static @Nullable String cast(ValueType source, ValueType target) {
        return source instanceof Plain from
                        && target instanceof Plain to
                        && to.builtIn()
                        && !to.name().equals("text")
                        && !to.name().equals("varchar")
                        && !from.type().equals(to.type())
                ? to.type()
                : null;
    }

    private static Canonical canonical(Column column) {
        return switch (column.values()) {
            case ValueType.Enumeration labels -> Canonical.TEXT;
            case Plain(var type, var name, var category, var builtIn)
            when builtIn && column.deterministic() -> ofBuiltIn(name);
            case Plain(var type, var name, var category, var builtIn) when name.equals("citext") -> Canonical.FOLDED;
            case Plain plain -> Canonical.LOOSE;
            case ValueType.Composite composite -> Canonical.LOOSE;
            case ValueType.Array array -> Canonical.LOOSE;
            case ValueType.Range range -> Canonical.LOOSE;
            case ValueType.Multirange ranges -> Canonical.LOOSE;
        };
    }

    private static Canonical ofBuiltIn(String name) {
        return switch (name) {
            case "int2", "int4", "int8" -> Canonical.INTEGER;
            case "numeric" -> Canonical.NUMERIC;
            case "float4", "float8" -> Canonical.FLOAT;
            case "_float4", "_float8" -> Canonical.FLOAT_ARRAY;
            default -> SAME_TEXT_WHEN_EQUAL.contains(name) ? Canonical.TEXT : Canonical.LOOSE;
        };
    }

    /** Columns that identify a row on both sides: the rule's, else the target's primary key or first fitting unique index. */
    private static List<String> key(TablePair pair, List<Column> columns) {
        if (!pair.rule().key().isEmpty()) {
            return pair.rule().key();
        }
        var present = columns.stream().map(Column::name).toList();
        return pair.target().uniqueIndexes().stream()
                .filter(UniqueIndex::identifiesRows)
                .filter(index -> present.containsAll(index.columns()))
                .filter(index -> identifies(pair.source(), index.columns()))
                .map(UniqueIndex::columns)
                .findFirst()
                .orElse(List.of());
    }

    private static boolean identifies(TableShape shape, List<String> columns) {
        return shape.uniqueIndexes().stream()
                .filter(UniqueIndex::identifiesRows)
                .anyMatch(index -> columns.containsAll(index.columns()));
    }

    private List<String> triggers(TableShape table) {
        var all = new ArrayList<>(table.alwaysTriggers());
        if (!target.maySetReplicationRole()) {
            all.addAll(table.userTriggers());
        }
        return all;
    }

    private static boolean arbiter(TableShape target, List<String> key) {
        return target.alwaysTriggers().isEmpty()
                && target.uniqueIndexes().stream().anyMatch(index -> isArbiter(index, key))
                // ON CONFLICT takes each unique index of these columns for an arbiter, whatever is equal in it, and
                // would write a row over another one.
                && target.uniqueIndexes().stream().noneMatch(index -> isOf(index, key) && !index.comparesAsUsual());
    }

    private static boolean isArbiter(UniqueIndex index, List<String> key) {
        return !index.deferrable() && index.predicate() == null && isOf(index, key) && index.comparesAsUsual();
    }

    private static boolean isOf(UniqueIndex index, List<String> key) {
        return index.columns().size() == key.size() && index.columns().containsAll(key);
    }

    /** Not those with columns that get no value from the source: nothing we bring can be told to stand in their way. */
    private static List<UniqueSpec> uniques(TableShape target, List<Column> columns, List<String> key) {
        var foreign = target.columns().stream()
                .filter(column -> !column.generated() && !columns.contains(column))
                .map(Column::name)
                .toList();
        return target.uniqueIndexes().stream()
                .filter(index -> !isArbiter(index, key))
                .filter(index -> index.columns().stream().noneMatch(foreign::contains))
                .map(index -> unique(target, index))
                .toList();
    }

    /** Rows outside a partial index have NULL for it, which equals nothing, so that nobody takes them for being in the way. */
    private static UniqueSpec unique(TableShape target, UniqueIndex index) {
        var parts = IntStream.range(0, index.expressions().size())
                .mapToObj(i -> part(
                        target, index.expressions().get(i), index.operators().get(i)))
                .toList();
        if (index.predicate() == null) {
            return new UniqueSpec(index.name(), parts, index.nullsNotDistinct());
        }
        var within = parts.stream().map(part -> within(index, part)).toList();
        return new UniqueSpec(index.name(), within, false);
    }

    private static UniquePart within(UniqueIndex index, UniquePart part) {
        // In a record NULL equals NULL, and the record is none.
        var nullsAreEqual = index.nullsNotDistinct() && part.operator() == null;
        return new UniquePart(
                "case when (%s) then %s(%s) end"
                        .formatted(index.predicate(), nullsAreEqual ? "row" : "", part.expression()),
                part.asRecord() || nullsAreEqual,
                part.operator());
    }

    private static UniquePart part(TableShape target, String expression, String operator) {
        var plain = target.columns().stream()
                .filter(column ->
                        expression.equals(column.name()) || expression.equals(Quoted.identifier(column.name())))
                .findFirst();
        return new UniquePart(
                // A row on its way has no generated columns yet.
                plain.flatMap(column -> Optional.ofNullable(column.expression()))
                        .orElse(expression),
                plain.filter(SpecBuilder::hasOwnOperators).isPresent(),
                operator.isEmpty() ? null : operator);
    }

    private boolean binary(TablePair pair, Column target) {
        if (pair.rule().fixed().containsKey(target.name())) {
            return isBinary(target) && sameBytes(target.baseTypeName());
        }
        var source = pair.source().column(target.name()).orElseThrow();
        return source.typeOid() == target.typeOid()
                && source.baseTypeOid() == target.typeOid()
                && isBinary(target)
                && sameBytes(target.baseTypeName());
    }

    /** The bytes of the longest interval there was became those of an infinite one: either would arrive as the other. */
    private boolean sameBytes(String type) {
        return !type.equals("interval")
                || isOlder(this.source, FIRST_WITH_INFINITE_INTERVALS)
                        == isOlder(this.target, FIRST_WITH_INFINITE_INTERVALS);
    }

    private static boolean isBinary(Column target) {
        return target.baseTypeOid() == target.typeOid()
                // Types that people made may have any name, and the same number as another type elsewhere.
                && target.builtIn()
                && BINARY.contains(target.baseTypeName());
    }

    private static List<SequenceSpec> sequences(TablePair pair) {
        return pairedSequences(pair).stream()
                .filter(PairedSequence::mayMove)
                .map(both ->
                        new SequenceSpec(both.source().sequence(), both.target().sequence()))
                .toList();
    }

    /** Sequences of the target that would be moved forward if our roles might read the source's and move the target's. */
    static List<TableName> sequencesOutOfReach(TablePair pair) {
        return pairedSequences(pair).stream()
                .filter(both -> !both.mayMove())
                .map(both -> both.target().sequence())
                .toList();
    }

    private record PairedSequence(OwnedSequence source, OwnedSequence target) {
        boolean mayMove() {
            return source.rights().contains(OwnedSequence.Right.READ)
                    && target.rights().containsAll(Set.of(OwnedSequence.Right.READ, OwnedSequence.Right.MOVE));
        }
    }

    private static List<PairedSequence> pairedSequences(TablePair pair) {
        var pairs = new ArrayList<PairedSequence>();
        for (var target : pair.target().sequences()) {
            if (pair.rule().fixed().containsKey(target.column())) {
                continue;
            }
            pair.source().sequences().stream()
                    .filter(source -> source.column().equals(target.column()))
                    // A column may own one sequence and take its default from another.
                    .min(Comparator.comparing(source -> !source.sequence().equals(target.sequence())))
                    .ifPresent(source -> pairs.add(new PairedSequence(source, target)));
        }
        return pairs;
    }

    /**
     * Changes when columns, types, key or filter do: whatever gives rows other values and leaves their stamps and files alone. A column
     * that was dropped and added again has another place, labels of an enum may be renamed, and a column that the source computes when
     * it is read changes with its expression.
     */
    static String shape(TablePair pair, TableSpec spec) {
        var parts = new ArrayList<String>();
        spec.columns().forEach(c -> parts.add(c.name() + ' ' + origin(pair, c) + ' ' + type(pair.target(), c)));
        parts.add("key " + spec.key());
        parts.add("where " + spec.where());
        return digest(parts.toString());
    }

    private static String digest(String text) {
        try {
            var bytes = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A constant is one of the columns' properties: when it changes, whole rows are compared once. */
    private static String origin(TablePair pair, ColumnSpec column) {
        return column.fixed() == null ? type(pair.source(), column) : "fixed " + column.fixed();
    }

    private static String type(TableShape side, ColumnSpec of) {
        var column = side.column(of.name()).orElseThrow();
        return column.position() + " " + column.type() + " " + made(column.values())
                + (column.expression() == null ? "" : " " + column.expression());
    }

    private static String made(ValueType type) {
        return switch (type) {
            case Plain plain -> plain.type();
            case ValueType.Enumeration(var labels) -> labels.toString();
            case ValueType.Composite(var fields) ->
                fields.stream()
                        .map(field -> field.name() + " " + made(field.type()))
                        .toList()
                        .toString();
            case ValueType.Array(var element) -> made(element) + "[]";
            case ValueType.Range(var subtype, var order) -> "range " + made(subtype) + order;
            case ValueType.Multirange(var range) -> "multirange " + made(range);
        };
    }
}
