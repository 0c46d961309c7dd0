package pgsync.coordinator.discover;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pgsync.error.Trouble;
import pgsync.sql.Quoted;
import pgsync.table.Column;
import pgsync.table.OwnedSequence;
import pgsync.table.ServerFacts;
import pgsync.table.TableShape;
import pgsync.table.TableShape.Right;
import pgsync.table.UniqueIndex;

/** Why rows of a pair cannot be moved, if so. One method per rule; the first that applies is told. */
final class PairCheck {
    private static final long CENTS = 100;
    private static final Set<String> TIMES = Set.of("timestamp", "timestamptz", "date");

    private final TablePair pair;
    private final ServerFacts source;
    private final ServerFacts target;
    private final Set<Right> needed;

    /** @param needed on the target */
    PairCheck(TablePair pair, ServerFacts source, ServerFacts target, Set<Right> needed) {
        this.needed = needed;
        this.pair = pair;
        this.source = source;
        this.target = target;
    }

    /** Empty when the pair can be synchronized. */
    Optional<Refusal> refusal() {
        return Stream.<Supplier<Optional<Refusal>>>of(
                        this::ruleNamesUnknownColumns,
                        this::ruleKeyIsNoKey,
                        this::ruleTimestampIsNoTime,
                        this::fixedColumnsUnknown,
                        this::fixedColumnsOfTheTargetsOwn,
                        this::fixedColumnsInKey,
                        this::fixedToNullForbidden,
                        this::rightsMissingOnSource,
                        this::rightsMissingOnTarget,
                        this::columnRightsMissingOnSource,
                        this::columnRightsMissingOnTarget,
                        this::rowSecurityOnSource,
                        this::rowSecurityOnTarget,
                        this::unloggedOnStandby,
                        this::columnsMissingOnTarget,
                        this::targetColumnsNobodyFills,
                        this::defaultsOutOfReach,
                        this::computedOtherwise,
                        this::nothingToWrite,
                        this::labelsMissingOnTarget,
                        this::typesThatNothingReads,
                        this::typesThatDoNotConvert,
                        this::rangesOfOtherOrder,
                        this::charsThatAreReadOtherwise,
                        this::moneyOfOtherUnits,
                        this::moneyInAnExpression,
                        this::keysThatFallTogether,
                        this::textWithoutEncoding)
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** A typing error in a rule must not silently copy a column that was to be left alone. */
    Optional<Refusal> ruleNamesUnknownColumns() {
        var rule = pair.rule();
        var named = new ArrayList<>(rule.columns());
        named.addAll(rule.exclude());
        named.addAll(rule.key());
        Optional.ofNullable(rule.timestamp()).ifPresent(named::add);
        var unknown = named.stream()
                .distinct()
                .filter(name -> pair.source().column(name).isEmpty())
                // A column only the target has may be named, to say that it is left alone.
                .filter(name -> !rule.exclude().contains(name)
                        || pair.target().column(name).isEmpty())
                .toList();
        return refuseIf(
                !unknown.isEmpty(),
                "its rule names %s, which the source does not have".formatted(names(unknown)),
                "correct the names under tables in the configuration; case counts");
    }

    /** Rows that share a key would overwrite each other, and a NULL in it equals nothing. */
    Optional<Refusal> ruleKeyIsNoKey() {
        var key = pair.rule().key();
        return refuseIf(
                !key.isEmpty() && !(identifiesRows(pair.source(), key) && identifiesRows(pair.target(), key)),
                "its rule's key (%s) is not unique and NOT NULL on both sides".formatted(names(key)),
                "make a unique index on NOT NULL columns on both sides, or leave the key to pgsync");
    }

    Optional<Refusal> ruleTimestampIsNoTime() {
        var timestamp = pair.rule().timestamp();
        return refuseIf(
                timestamp != null
                        && !TIMES.contains(
                                pair.source().column(timestamp).orElseThrow().baseTypeName()),
                "its rule's timestamp column %s is no date or timestamp".formatted(Quoted.printable("" + timestamp)),
                "name another column, or none: then rows are compared");
    }

    Optional<Refusal> fixedColumnsUnknown() {
        var unknown = pair.rule().fixed().keySet().stream()
                .filter(name -> pair.target().column(name).isEmpty())
                .toList();
        return refuseIf(
                !unknown.isEmpty(),
                "its rule fixes %s, which the target does not have".formatted(names(unknown)),
                "correct the names under tables in the configuration, or add the column to the target's table");
    }

    Optional<Refusal> fixedColumnsOfTheTargetsOwn() {
        var own = pair.fixed().stream()
                .filter(column -> column.generated() || column.identity() == Column.Identity.ALWAYS)
                .map(Column::name)
                .toList();
        return refuseIf(
                !own.isEmpty(),
                "its rule fixes column %s, whose values the target makes itself".formatted(names(own)),
                "take it out of fixed: it is generated, or an identity column GENERATED ALWAYS");
    }

    /** With a constant in it a key would be another one on the source, and rows with another constant would be taken for surplus. */
    Optional<Refusal> fixedColumnsInKey() {
        var keys = pair.target().uniqueIndexes().stream()
                .filter(UniqueIndex::identifiesRows)
                .toList();
        var within = keys.stream()
                .filter(key -> key.primary() || keys.stream().allMatch(this::holdsFixed))
                .flatMap(key -> key.columns().stream())
                .filter(pair.rule().fixed()::containsKey)
                .distinct()
                .toList();
        return refuseIf(
                !within.isEmpty(),
                "its rule fixes column %s, which is in the key of the target".formatted(names(within)),
                "take it out of fixed, or give the target a primary key without it");
    }

    private boolean holdsFixed(UniqueIndex key) {
        return key.columns().stream().anyMatch(pair.rule().fixed()::containsKey);
    }

    Optional<Refusal> fixedToNullForbidden() {
        var without = pair.fixed().stream()
                .filter(Column::notNull)
                .map(Column::name)
                .filter(name ->
                        Objects.requireNonNull(pair.rule().fixed().get(name)).text() == null)
                .toList();
        return refuseIf(
                !without.isEmpty(),
                "its rule fixes column %s to null, and the target has it NOT NULL".formatted(names(without)),
                "give it a value, or drop its NOT NULL");
    }

    private static boolean identifiesRows(TableShape table, List<String> key) {
        return table.uniqueIndexes().stream()
                .anyMatch(index -> index.identifiesRows() && key.containsAll(index.columns()));
    }

    Optional<Refusal> rightsMissingOnSource() {
        return missingRights("source", source, pair.source(), EnumSet.of(Right.SELECT));
    }

    Optional<Refusal> rightsMissingOnTarget() {
        return missingRights("target", target, pair.target(), EnumSet.copyOf(needed));
    }

    private Optional<Refusal> missingRights(String side, ServerFacts server, TableShape table, EnumSet<Right> needed) {
        needed.removeAll(table.rights());
        var missing = needed.stream().map(Right::name).collect(Collectors.joining(", "));
        return refuseIf(
                !needed.isEmpty(),
                "role %s lacks %s on it on the %s".formatted(Quoted.printable(server.role()), missing, side),
                Trouble.NOT_ALLOWED.remedy());
    }

    Optional<Refusal> columnRightsMissingOnSource() {
        return missingColumnRights("source", source, pair.columns(), EnumSet.of(Right.SELECT));
    }

    Optional<Refusal> columnRightsMissingOnTarget() {
        return missingColumnRights("target", target, written(), EnumSet.copyOf(needed));
    }

    /** Rights to some columns are none to the others (manual, GRANT); DELETE is a right to the table alone. */
    private Optional<Refusal> missingColumnRights(
            String side, ServerFacts server, Collection<Column> columns, EnumSet<Right> needed) {
        needed.remove(Right.DELETE);
        var closed = columns.stream()
                .filter(column -> !column.rights().containsAll(needed))
                .toList();
        var missing = needed.stream()
                .filter(right ->
                        closed.stream().anyMatch(column -> !column.rights().contains(right)))
                .map(Right::name)
                .collect(Collectors.joining(", "));
        return refuseIf(
                !closed.isEmpty(),
                "role %s lacks %s on column %s on the %s"
                        .formatted(
                                Quoted.printable(server.role()),
                                missing,
                                names(closed.stream().map(Column::name).toList()),
                                side),
                "grant the missing right: deploy/grants.sql lists what pgsync needs; or name the column under exclude in the table's rule");
    }

    /** Columns of the target that get values from us. */
    private List<Column> written() {
        return Stream.concat(
                        pair.columns().stream().flatMap(column -> targetColumnIfAny(column).stream()),
                        pair.fixed().stream())
                .toList();
    }

    Optional<Refusal> rowSecurityOnSource() {
        return refuseIf(
                pair.source().rowSecurity(),
                "row security limits what role %s reads of it on the source".formatted(Quoted.printable(source.role())),
                Trouble.ROW_SECURITY.remedy());
    }

    Optional<Refusal> rowSecurityOnTarget() {
        return refuseIf(
                pair.target().rowSecurity(),
                "row security limits what role %s sees of it on the target".formatted(Quoted.printable(target.role())),
                Trouble.ROW_SECURITY.remedy());
    }

    /** PostgreSQL manual, 26.4: a standby has no data of unlogged tables and refuses to read them. */
    Optional<Refusal> unloggedOnStandby() {
        return refuseIf(
                source.inRecovery() && pair.source().unlogged(),
                "it is unlogged, and a standby does not have the rows of unlogged tables",
                "connect to the source's primary, or exclude it");
    }

    Optional<Refusal> columnsMissingOnTarget() {
        var missing = pair.wanted().stream()
                .map(Column::name)
                .filter(name -> pair.target().column(name).isEmpty())
                .toList();
        return refuseIf(
                !missing.isEmpty(),
                "the target has no column %s".formatted(names(missing)),
                "add it to the target's table, or name it under exclude in the table's rule");
    }

    /** A column we give no value must do without one. */
    Optional<Refusal> targetColumnsNobodyFills() {
        var filled = filled();
        var unfilled = pair.target().columns().stream()
                .filter(column -> !filled.contains(column.name()))
                .filter(PairCheck::needsValue)
                .map(Column::name)
                .toList();
        return refuseIf(
                !unfilled.isEmpty(),
                "nothing fills the target's NOT NULL column %s".formatted(names(unfilled)),
                "give it a default, drop its NOT NULL, or synchronize a column of that name");
    }

    private Set<String> filled() {
        return Stream.concat(pair.columns().stream(), pair.fixed().stream())
                .map(Column::name)
                .collect(Collectors.toSet());
    }

    /** Each row that is inserted takes a value of such a sequence, and fails. */
    Optional<Refusal> defaultsOutOfReach() {
        var filled = filled();
        var closed = pair.target().sequences().stream()
                .filter(sequence -> sequence.fills() && !filled.contains(sequence.column()))
                .filter(sequence -> !sequence.rights().contains(OwnedSequence.Right.TAKE))
                .map(OwnedSequence::column)
                .distinct()
                .toList();
        return refuseIf(
                !closed.isEmpty(),
                "role %s lacks USAGE on the sequence that fills column %s on the target"
                        .formatted(Quoted.printable(target.role()), names(closed)),
                Trouble.NOT_ALLOWED.remedy());
    }

    private static boolean needsValue(Column column) {
        return column.notNull()
                && !column.hasDefault()
                && !column.generated()
                && column.identity() == Column.Identity.NONE;
    }

    /** Two majors may print the same expression in two ways: {@link ExpressionCheck} lets the target read both. */
    Optional<Refusal> computedOtherwise() {
        var onTargetAlone = pair.wanted().stream()
                .filter(column -> !column.generated())
                .filter(column ->
                        targetColumnIfAny(column).filter(Column::generated).isPresent())
                .toList();
        var otherwise = new ArrayList<>(onTargetAlone);
        if (source.major() == target.major()) {
            otherwise.addAll(pair.printedOtherwise());
        }
        return computedOtherwise(pair, otherwise);
    }

    static Optional<Refusal> computedOtherwise(TablePair pair, Collection<Column> columns) {
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        pair.name(),
                        "the target computes column %s itself, in another way than the source"
                                .formatted(
                                        names(columns.stream().map(Column::name).toList())),
                        "generate it in the same way on both sides, or name it under exclude in the table's rule"));
    }

    Optional<Refusal> nothingToWrite() {
        return refuseIf(
                pair.columns().isEmpty(),
                "no column of it can be written",
                "a table needs a column that is neither generated nor left out by its rule; otherwise exclude it");
    }

    /** The first row with such a label would be refused by PostgreSQL, after others were written. */
    Optional<Refusal> labelsMissingOnTarget() {
        var missing = pair.columns().stream()
                .flatMap(column -> Conversion.labelsMissing(
                                column.values(), targetColumn(column).values())
                        .stream()
                        .map(label ->
                                "%s (column %s)".formatted(Quoted.printable(label), Quoted.printable(column.name()))))
                .toList();
        return refuseIf(
                !missing.isEmpty(),
                "an enum of the target lacks " + String.join(", ", missing),
                "add it there with alter type … add value, or name the column under exclude in the table's rule");
    }

    Optional<Refusal> typesThatDoNotConvert() {
        var wrong = pair.columns().stream()
                .filter(column -> !Conversion.keepsValues(
                        column.values(), targetColumn(column).values()))
                .map(column -> change(column, targetColumn(column)))
                .toList();
        return refuseIf(
                !wrong.isEmpty(),
                "values may not survive the change of type of " + String.join(", ", wrong),
                "give both sides the same type, or name it under exclude in the table's rule");
    }

    /** PostgreSQL makes such values itself; their input functions do nothing but refuse (mvdistinct.c, pg_ndistinct_in). */
    Optional<Refusal> typesThatNothingReads() {
        var unreadable = pair.columns().stream()
                .filter(column -> column.values().base().anyMatch(Conversion::isNeverRead))
                .map(Column::name)
                .toList();
        return refuseIf(
                !unreadable.isEmpty(),
                "PostgreSQL prints the values of column %s and reads none".formatted(names(unreadable)),
                "name it under exclude in the table's rule");
    }

    /** What is a range in one order is none or another one in the other, and neighbours in a multirange grow together. */
    Optional<Refusal> rangesOfOtherOrder() {
        var ranges = pair.columns().stream()
                .filter(column -> column.values().parts().anyMatch(Conversion::isOrderedByTheDatabase))
                .map(Column::name)
                .toList();
        return refuseIf(
                !ranges.isEmpty() && !source.sortOrder().equals(target.sortOrder()),
                "ranges in column %s are ordered by the database's own collation, which is %s on the source and %s on the target"
                        .formatted(
                                names(ranges),
                                Quoted.printable(source.collation()),
                                Quoted.printable(target.collation())),
                "make the range type with a collation on both sides, or name the column under exclude in the table's rule");
    }

    /** Two rows of the source may have one key for the target: each would overwrite the other. */
    Optional<Refusal> keysThatFallTogether() {
        var looser = pair.columns().stream()
                .filter(column -> Conversion.isLooser(column, targetColumn(column)))
                .map(Column::name)
                .toList();
        var unique = pair.target().uniqueIndexes().stream()
                .flatMap(index -> index.columns().stream())
                .filter(looser::contains)
                .distinct()
                .toList();
        return refuseIf(
                !unique.isEmpty(),
                "a unique index of the target takes different texts for the same in column %s".formatted(names(unique)),
                "give the column the same collation on both sides");
    }

    /** Types of one name are told with what they are made of. */
    private static String change(Column source, Column target) {
        var isSameName = source.type().equals(target.type());
        return Quoted.printable("%s (%s%s to %s%s)"
                .formatted(
                        source.name(),
                        source.type(),
                        isSameName ? " = " + source.values() : "",
                        target.type(),
                        isSameName ? " = " + target.values() : ""));
    }

    /** SQL_ASCII stores any bytes: as text of a real encoding they may be wrong or refused. */
    Optional<Refusal> textWithoutEncoding() {
        return refuseIf(
                source.storesAnyBytes() != target.storesAnyBytes()
                        && pair.columns().stream().anyMatch(Conversion::mayHoldText),
                "the databases' encodings %s and %s have no common text"
                        .formatted(source.encoding(), target.encoding()),
                "dump the SQL_ASCII database and restore it into one with a real encoding");
    }

    /** The first byte of what a newer server prints would be taken for the value; a plain column has a guard for it. */
    Optional<Refusal> charsThatAreReadOtherwise() {
        var inside = pair.columns().stream()
                .filter(column ->
                        column.values().holds("char") && !column.baseTypeName().equals("char"))
                .map(Column::name)
                .toList();
        return refuseIf(
                source.printsCharsInOctal() && !target.printsCharsInOctal() && !inside.isEmpty(),
                "PostgreSQL before 16 reads a one byte char beyond ASCII inside of column %s as another value"
                        .formatted(names(inside)),
                "give it another type on both sides, or name it under exclude in the table's rule");
    }

    /** Amounts are stored as whole numbers of the smallest unit, so the number arrives and means another amount. */
    Optional<Refusal> moneyOfOtherUnits() {
        var money = pair.columns().stream()
                .filter(PairCheck::holdsMoney)
                .map(Column::name)
                .toList();
        return refuseIf(
                source.moneyUnits() != target.moneyUnits() && !money.isEmpty(),
                "money in column %s would be another amount: one is stored as %d on the source and as %d on the target"
                        .formatted(names(money), source.moneyUnits(), target.moneyUnits()),
                "give both databases an lc_monetary with as many digits after the point, or name it under exclude in the table's rule");
    }

    /** A rule's where and fixed are read under lc_monetary C, with two digits after the point, whatever the server has. */
    Optional<Refusal> moneyInAnExpression() {
        var read = pair.rule().where() == null
                ? pair.fixed()
                : Stream.concat(pair.fixed().stream(), pair.source().columns().stream())
                        .toList();
        var money = read.stream()
                .filter(PairCheck::holdsMoney)
                .map(Column::name)
                .distinct()
                .toList();
        return refuseIf(
                !money.isEmpty() && (source.moneyUnits() != CENTS || target.moneyUnits() != CENTS),
                "its rule's where or fixed would read amounts as having two digits after the point, unlike those of column %s"
                        .formatted(names(money)),
                "give the column a type other than money, or do without where and fixed");
    }

    private static boolean holdsMoney(Column column) {
        return column.values().holds("money");
    }

    private Column targetColumn(Column column) {
        return targetColumnIfAny(column).orElseThrow();
    }

    private Optional<Column> targetColumnIfAny(Column column) {
        return pair.target().column(column.name());
    }

    private Optional<Refusal> refuseIf(boolean applies, String reason, String remedy) {
        return applies ? Optional.of(new Refusal(pair.name(), reason, remedy)) : Optional.empty();
    }

    private static String names(Collection<String> names) {
        return names.stream().map(Quoted::printable).collect(Collectors.joining(", "));
    }
}
