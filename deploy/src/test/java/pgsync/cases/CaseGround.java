package pgsync.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Parser;
import pgsync.cases.DatabaseLocale.Provider;
import pgsync.cases.SyncCase.Expected;
import pgsync.cases.SyncCase.Outcome;
import pgsync.cases.SyncCase.Side;
import pgsync.config.InvalidConfig;
import pgsync.config.Setting;
import pgsync.config.Settings;
import pgsync.config.SettingsReader;
import pgsync.connect.Surroundings;
import pgsync.error.Refused;
import pgsync.event.RunEvent;
import pgsync.local.LocalEngine;
import pgsync.task.RunReport;
import pgsync.task.TableReport;
import pgsync.testground.GroundFailed;
import pgsync.testground.Oracle;
import pgsync.testground.Oracle.BothRows;
import pgsync.testground.TestServer;

/** Plays one case between two fresh databases. {@link #close} drops them and the case's roles. */
final class CaseGround implements AutoCloseable {
    private static final String PASSWORD = "case";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final SyncCase played;
    private final Map<Side, TestServer> servers = new EnumMap<>(Side.class);
    private final Map<Side, String> databases = new EnumMap<>(Side.class);
    private final String role;
    private final List<Connection> sessions = new ArrayList<>();

    CaseGround(SyncCase played, TestServer source, TestServer target) {
        this.played = played;
        this.role = newName("case_role_");
        servers.put(Side.SOURCE, source);
        servers.put(Side.TARGET, target);
        for (var side : Side.values()) {
            databases.put(side, database(side));
        }
        for (var server : serversWithRole()) {
            server.sql(
                    TestServer.USER, "create role %s login password '%s'".formatted(TestServer.quoted(role), PASSWORD));
        }
    }

    /** Both of them, so that both.sql runs on either; they are one and the same when they are of one major. */
    private Set<TestServer> serversWithRole() {
        return played.roles().isEmpty() ? Set.of() : new HashSet<>(servers.values());
    }

    private String database(Side side) {
        var encoding = played.encoding().get(side);
        var locale = played.locale().get(side);
        if (encoding == null && locale == null && !played.oddNames()) {
            return server(side).freshDatabase("case");
        }
        var name = newName("case_in_");
        server(side)
                .sql(
                        TestServer.USER,
                        "create database %s template template0 encoding '%s' %s"
                                .formatted(
                                        TestServer.quoted(name),
                                        encoding == null ? "UTF8" : encoding,
                                        (locale == null ? new DatabaseLocale(Provider.LIBC, "C") : locale).options()));
        return name;
    }

    private String newName(String plain) {
        return (played.oddNames() ? "Odd \"%s\" é %%2F?a=b&c/+; $1-".formatted(plain) : plain)
                + NUMBERS.incrementAndGet();
    }

    private TestServer server(Side side) {
        return Objects.requireNonNull(servers.get(side));
    }

    private String name(Side side) {
        return Objects.requireNonNull(databases.get(side));
    }

    /** Three runs: the first copy, one after the changes, and one that finds nothing to do. */
    void play() {
        for (var side : Side.values()) {
            execute(side, "both.sql");
        }
        execute(Side.SOURCE, "source.sql");
        execute(Side.TARGET, "target.sql");
        run("first run", played.first(), played.warnings());
        execute(Side.SOURCE, "change.sql");
        execute(Side.TARGET, "change-target.sql");
        if (played.sql().containsKey("change.sql") || played.sql().containsKey("change-target.sql")) {
            run("second run", played.second(), null);
        }
        run("run without changes", played.second().unchanged(), null);
        verify(played.second());
    }

    /** A second opinion on the product's own: what the oracle finds equal, a verification finds equal too. */
    private void verify(Expected expected) {
        RunReport report;
        try {
            report = new LocalEngine("test", surroundings(), LocalEngine.Parts.REAL).verify(settings(), event -> {});
        } catch (Refused | InvalidConfig e) {
            assertThat(expected.outcome())
                    .as("the verification was refused: %s", e.getMessage())
                    .isEqualTo(Outcome.STOPPED);
            return;
        }
        for (var table : report.tables()) {
            var name = table.table().schema() + "." + table.table().table();
            if (isPlainlyEqual(expected, name)) {
                assertThat(table.differences())
                        .as("verification of %s: %s", name, table)
                        .satisfies(found -> assertThat(found.total()).isZero());
            }
        }
    }

    /**
     * Statement by statement, as psql does, each in a transaction of its own unless the text begins one. The session stays open as long as
     * the case is played, and so do its temporary tables.
     */
    private void execute(Side side, String file) {
        var text = played.sql().get(file);
        if (text == null) {
            return;
        }
        var ready =
                text.replace("${role}", TestServer.quoted(role)).replace("${database}", TestServer.quoted(name(side)));
        try (var statement = session(side).createStatement()) {
            for (var query : Parser.parseJdbcSql(ready, true, false, true, false, false)) {
                try {
                    statement.execute(query.nativeSql);
                } catch (SQLException e) {
                    throw new AssertionError(
                            "%s does not run on the %s: %s\n%s"
                                    .formatted(file, side, e.getMessage(), shortened(query.nativeSql)),
                            e);
                }
            }
        } catch (SQLException e) {
            throw new AssertionError("%s does not run on the %s".formatted(file, side), e);
        }
    }

    private Connection session(Side side) throws SQLException {
        var session = server(side).connect(name(side));
        sessions.add(session);
        return session;
    }

    private static String shortened(String text) {
        return text.length() <= 500 ? text : text.substring(0, 500) + "…";
    }

    private void run(String which, Expected expected, @Nullable List<String> warnings) {
        assertRed(which, expected);
        var kept = targetRowsOf(tablesThatStay(expected));
        var before = rowsOfTablesThatFail(expected);
        var events = new ConcurrentLinkedQueue<RunEvent>();
        RunReport report;
        try {
            report = new LocalEngine("test", surroundings(), LocalEngine.Parts.REAL).sync(settings(), events::add);
        } catch (Refused | InvalidConfig e) {
            assertThat(expected.outcome())
                    .as("%s was refused: %s", which, e.getMessage())
                    .isEqualTo(Outcome.STOPPED);
            assertThat(e.getMessage()).as(which).contains(expected.reason());
            assertThat(targetRowsOf(kept.keySet()))
                    .as("rows on the target after the " + which)
                    .isEqualTo(kept);
            return;
        }
        assertThat(expected.outcome()).as(which + " ended with " + report).isNotEqualTo(Outcome.STOPPED);
        assertOutcomes(which, expected, report);
        assertThat(targetRowsOf(kept.keySet()))
                .as("rows on the target of tables that stay as they are, after the " + which)
                .isEqualTo(kept);
        assertNoOtherRows(which, expected, before);
        assertEqual(which, expected);
        assertCounts(which, expected, report);
        assertLeftOut(which, events);
        if (warnings != null && warnings.isEmpty()) {
            assertThat(events).as("events of the " + which).noneMatch(RunEvent.Warning.class::isInstance);
        }
        for (var part : warnings == null ? List.<String>of() : warnings) {
            assertThat(events)
                    .as("warnings of the " + which)
                    .anySatisfy(event -> assertThat(event)
                            .isInstanceOfSatisfying(
                                    RunEvent.Warning.class,
                                    warning -> assertThat(warning.message()).contains(part)));
        }
    }

    private void assertLeftOut(String which, Collection<RunEvent> events) {
        if (played.leftOut() != null) {
            var told = events.stream()
                    .filter(RunEvent.LeftOutOfRun.class::isInstance)
                    .map(RunEvent.LeftOutOfRun.class::cast)
                    .flatMap(event -> event.leftOut().stream())
                    .map(left -> left.name().schema() + "." + left.name().table())
                    .toList();
            assertThat(told).as("what the %s left out", which).containsExactlyElementsOf(played.leftOut());
        }
    }

    private static Surroundings surroundings() {
        return new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
    }

    /** Through a file, as a person gives them. */
    private Settings settings() {
        var given = new EnumMap<Setting, String>(Setting.class);
        given.put(Setting.SOURCE, url(Side.SOURCE));
        given.put(Setting.TARGET, url(Side.TARGET));
        if (played.settings() == null || !played.settings().has("parallel")) {
            // Tables meet each other in two slots; each more costs two connections a run and tells nothing new.
            given.put(Setting.PARALLEL, "2");
        }
        try {
            var file = Files.createTempFile("case", ".json");
            try {
                Files.writeString(
                        file,
                        played.settings() == null ? "{}" : played.settings().toString());
                given.put(Setting.CONFIG, file.toString());
                return new SettingsReader(Map.of()).read(given).settings();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String url(Side side) {
        return played.roles().contains(side)
                ? server(side).url(name(side), role, PASSWORD)
                : server(side).url(name(side));
    }

    private static void assertOutcomes(String which, Expected expected, RunReport report) {
        var reported = new HashSet<String>();
        for (var table : report.tables()) {
            var name = table.table().schema() + "." + table.table().table();
            reported.add(name);
            var wanted = expected.table(name);
            assertThat(outcome(table))
                    .as("%s of %s: %s; %s", which, name, table.error(), table.remedy())
                    .isEqualTo(wanted.outcome());
            if (wanted.reason() != null) {
                assertThat(table.error()).as("%s of %s", which, name).contains(wanted.reason());
                assertThat(table.remedy()).as("remedy for %s", name).isNotBlank();
            }
        }
        expected.tables().forEach((name, wanted) -> {
            if (wanted.outcome() != Outcome.UNTOUCHED) {
                assertThat(reported).as("tables that the %s told of", which).contains(name);
            }
        });
        assertThat(reported).as("tables that the %s told of", which).isNotEmpty();
    }

    private static Outcome outcome(TableReport table) {
        return switch (table.status()) {
            case DONE -> Outcome.EQUAL;
            case SKIPPED -> Outcome.REFUSED;
            case FAILED -> Outcome.FAILED;
            case GUARD -> Outcome.GUARD;
            case CANCELLED -> throw new AssertionError(table + " was cancelled");
        };
    }

    private static void assertCounts(String which, Expected expected, RunReport report) {
        var told = report.tables().stream()
                .map(t -> "%s %s: %d upserted, %d deleted"
                        .formatted(t.table(), t.mode(), t.rowsUpserted(), t.rowsDeleted()))
                .toList();
        if (expected.upserted() != null) {
            assertThat(report.tables().stream()
                            .mapToLong(TableReport::rowsUpserted)
                            .sum())
                    .as("rows upserted by the %s: %s", which, told)
                    .isEqualTo(expected.upserted());
        }
        if (expected.deleted() != null) {
            assertThat(report.tables().stream()
                            .mapToLong(TableReport::rowsDeleted)
                            .sum())
                    .as("rows deleted by the %s: %s", which, told)
                    .isEqualTo(expected.deleted());
        }
    }

    /** A run that finds both sides equal already shows nothing, unless showing that is what it is for: it must write no row. */
    private void assertRed(String which, Expected expected) {
        if (expected.endsEqual() && !expected.writesNothing()) {
            assertThat(differences(expected))
                    .as("both sides are equal already before the %s: whatever it does, the case passes", which)
                    .isNotEmpty();
        }
    }

    private void assertEqual(String which, Expected expected) {
        assertThat(differences(expected)).as("differences after the %s", which).isEmpty();
    }

    /** In every table that is to be equal; in those that the case compares otherwise, what its queries say. */
    private List<String> differences(Expected expected) {
        var found = Oracle.compare(server(Side.SOURCE), name(Side.SOURCE), server(Side.TARGET), name(Side.TARGET));
        var wrong = new ArrayList<>(found.differences().stream()
                .filter(difference -> isPlainlyEqual(expected, unquoted(difference.table())))
                .map(String::valueOf)
                .toList());
        expected.tables().forEach((table, wanted) -> {
            if (wanted.compare() != null) {
                var source = rows(Side.SOURCE, wanted.compare().source());
                var target = rows(Side.TARGET, wanted.compare().target());
                if (!source.equals(target)) {
                    wrong.add("%s: source %s, target %s".formatted(table, source, target));
                }
            }
        });
        return wrong;
    }

    private static boolean isPlainlyEqual(Expected expected, String table) {
        var wanted = expected.table(table);
        return wanted.outcome() == Outcome.EQUAL && wanted.compare() == null;
    }

    private List<String> rows(Side side, String query) {
        var rows = new ArrayList<>(server(side).column(name(side), "select (q.*)::text from (" + query + ") q").stream()
                .map(String::valueOf)
                .toList());
        Collections.sort(rows);
        return rows;
    }

    private Map<String, BothRows> rowsOfTablesThatFail(Expected expected) {
        if (!expected.maySomeFail()) {
            return Map.of();
        }
        return Oracle.rows(server(Side.SOURCE), name(Side.SOURCE), server(Side.TARGET), name(Side.TARGET), quoted -> {
            var table = expected.table(unquoted(quoted));
            return table.outcome() == Outcome.FAILED && !table.anyRows();
        });
    }

    /** A table that failed may be as it was, as the source or between them, and holds nothing that neither side had. */
    private void assertNoOtherRows(String which, Expected expected, Map<String, BothRows> before) {
        var after = rowsOfTablesThatFail(expected);
        before.forEach((table, rows) -> {
            var other = new TreeMap<String, Integer>();
            Objects.requireNonNull(after.get(table)).second().forEach((row, times) -> {
                var most = Math.max(
                        rows.first().getOrDefault(row, 0), rows.second().getOrDefault(row, 0));
                if (times > most) {
                    other.put(row, times - most);
                }
            });
            assertThat(other)
                    .as("rows on the target of %s, which failed in the %s, that neither side had before", table, which)
                    .isEmpty();
        });
    }

    private Iterable<String> tablesThatStay(Expected expected) {
        return server(Side.TARGET).column(name(Side.TARGET), CaseSql.TABLES).stream()
                .map(String::valueOf)
                .filter(quoted -> stays(expected, unquoted(quoted)))
                .toList();
    }

    private static boolean stays(Expected expected, String table) {
        return switch (expected.table(table).outcome()) {
            case REFUSED, GUARD, UNTOUCHED, STOPPED -> true;
            case EQUAL, FAILED -> false;
        };
    }

    /** By quoted name. Null where even a superuser cannot read the rows. */
    private Map<String, @Nullable String> targetRowsOf(Iterable<String> quoted) {
        var rows = new TreeMap<String, @Nullable String>();
        for (var table : quoted) {
            try {
                rows.put(table, server(Side.TARGET).value(name(Side.TARGET), CaseSql.rows(table)));
            } catch (GroundFailed e) {
                throw new AssertionError("cannot look at " + table, e);
            }
        }
        return rows;
    }

    /** {@code "a.b"."c""d"} becomes {@code a.b.c"d}: as a case names its tables. */
    static String unquoted(String quoted) {
        var name = new StringBuilder();
        var inside = false;
        for (var i = 0; i < quoted.length(); i++) {
            var c = quoted.charAt(i);
            if (c != '"') {
                name.append(c);
            } else if (inside && i + 1 < quoted.length() && quoted.charAt(i + 1) == '"') {
                name.append(c);
                i++;
            } else {
                inside = !inside;
            }
        }
        return name.toString();
    }

    @Override
    public void close() {
        for (var session : sessions) {
            try {
                session.close();
            } catch (SQLException e) {
                throw new AssertionError("cannot end a session of " + played.name(), e);
            }
        }
        for (var side : Side.values()) {
            server(side).dropDatabase(name(side));
        }
        for (var server : serversWithRole()) {
            server.sql(
                    TestServer.USER,
                    "drop owned by " + TestServer.quoted(role),
                    "drop role " + TestServer.quoted(role));
        }
    }
}
