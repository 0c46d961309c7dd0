package pgsync.coordinator.examine;

import io.vertx.sqlclient.Pool;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import pgsync.config.SyncConfig;
import pgsync.coordinator.discover.Discovered;
import pgsync.coordinator.examine.Finding.About;
import pgsync.coordinator.examine.Finding.Level;
import pgsync.coordinator.plan.Plan;
import pgsync.coordinator.plan.PlannedTable;
import pgsync.error.StepFailed;
import pgsync.event.RunEvent;
import pgsync.sql.Quoted;
import pgsync.table.ServerFacts;
import pgsync.task.TableName;

/** Looks at everything a run rests on and tells what it finds, as soon as it does. Waits for both servers, writes nothing. */
public final class Examination {
    /** So many names stand in a sentence about many tables. */
    private static final int NAMED = 10;

    private final SyncConfig config;
    private final Connections connections;
    private final Consumer<Finding> tell;

    /**
     * How many connections a run opens at most.
     *
     * @param source beside the slots, on the source
     * @param target the same on the target
     * @param eachSlot on either side
     */
    public record Connections(int source, int target, int eachSlot) {}

    public Examination(SyncConfig config, Connections connections, Consumer<Finding> tell) {
        this.config = config;
        this.connections = connections;
        this.tell = tell;
    }

    /** A server that could not be reached, or let us in no further. */
    public static Finding unreachable(About about, StepFailed e) {
        return new Finding(
                Level.UNREACHABLE,
                about,
                null,
                "cannot connect: " + e.reason(),
                e.trouble().remedy());
    }

    /** What a run warns of, under the same words. */
    public void hear(RunEvent event) {
        switch (event) {
            case RunEvent.Warning(var table, var message, var remedy) ->
                tell.accept(
                        new Finding(Level.WARNING, table == null ? About.RUN : About.TABLES, table, message, remedy));
            case RunEvent.LeftOutOfRun(var leftOut) ->
                leftOut.forEach(left -> tell.accept(
                        new Finding(Level.NOTE, About.TABLES, left.name(), "left out: " + left.reason(), null)));
            case RunEvent.Planned planned -> {}
            case RunEvent.TableStarted started -> {}
            case RunEvent.Progress progress -> {}
            case RunEvent.TableEnded ended -> {}
            case RunEvent.Detail detail -> {}
            case RunEvent.Requeued requeued -> {}
            case RunEvent.Listening listening -> {}
            case RunEvent.Ended ended -> {}
        }
    }

    public void servers(Discovered found, Pool source, Pool target) {
        var from = found.source().server();
        tell.accept(Finding.ok(About.SOURCE, words(from)));
        tell.accept(Room.on(
                About.SOURCE,
                source,
                connections.source() + connections.eachSlot() * config.parallel(),
                config.parallel()));
        if (from.seesAllTransactions() && !from.inRecovery()) {
            tell.accept(Finding.ok(About.SOURCE, "transactions of all roles are visible: watermarks are exact"));
        }
        var to = found.target().server();
        tell.accept(Finding.ok(About.TARGET, words(to)));
        WritableTarget.of(target, to).forEach(tell);
        tell.accept(Room.on(
                About.TARGET,
                target,
                connections.target() + connections.eachSlot() * config.parallel(),
                config.parallel()));
        if (to.maySetReplicationRole()) {
            tell.accept(Finding.ok(
                    About.TARGET,
                    "this role may set session_replication_role: triggers and foreign keys stay out of the way"));
        } else if (found.target().foreignKeys().isEmpty()) {
            tell.accept(Finding.note(
                    About.TARGET,
                    "this role may not set session_replication_role: triggers of the target fire",
                    "grant the right, see deploy/grants.sql"));
        }
    }

    private static String words(ServerFacts server) {
        return "PostgreSQL %s%s, database %s as role %s, encoding %s"
                .formatted(
                        number(server.version()),
                        server.inRecovery() ? ", a standby" : "",
                        server.database(),
                        server.role(),
                        server.encoding());
    }

    /** 150018 is 15.18. */
    private static String number(int version) {
        return version / 10_000 + "." + version % 10_000;
    }

    public void tables(Plan plan, Pool source) {
        for (var refusal : plan.refusals()) {
            tell.accept(new Finding(Level.SKIP, About.TABLES, refusal.table(), refusal.reason(), refusal.remedy()));
        }
        var unstamped = plan.tables().stream()
                .filter(table -> table.watermarkColumn() == null)
                .map(PlannedTable::table)
                .toList();
        if (!unstamped.isEmpty()) {
            tell.accept(Finding.note(
                    About.TABLES,
                    "%s no timestamp column, so each run compares all rows: %s"
                            .formatted(have(unstamped.size()), names(unstamped)),
                    "-timestamp names other columns than " + String.join(", ", config.timestamps())));
        }
        var unindexed = WatermarkIndexes.missing(source, plan.tables());
        if (!unindexed.isEmpty()) {
            tell.accept(Finding.note(
                    About.TABLES,
                    "%s no index on the source that begins with the timestamp column, so each run reads all rows: %s"
                            .formatted(
                                    have(unindexed.size()),
                                    names(unindexed.stream()
                                            .map(PlannedTable::table)
                                            .toList())),
                    "create index on … (%s)"
                            .formatted(Quoted.identifier(
                                    Objects.requireNonNull(unindexed.getFirst().watermarkColumn())))));
        }
        if (plan.tables().isEmpty() && plan.refusals().isEmpty()) {
            tell.accept(Finding.warning(About.TABLES, "no table is selected", "check -schema, -include and -exclude"));
        } else {
            tell.accept(Finding.ok(About.TABLES, ready(plan)));
        }
    }

    private static String ready(Plan plan) {
        Map<String, Integer> modes = new TreeMap<>();
        plan.tables().forEach(table -> modes.merge(table.mode(), 1, Integer::sum));
        var counted = modes.entrySet().stream()
                .map(mode -> "%,d %s".formatted(mode.getValue(), mode.getKey()))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%,d of %,d tables can be synchronized%s",
                plan.tables().size(),
                plan.tables().size() + plan.refusals().size(),
                counted.isEmpty() ? "" : ": " + counted);
    }

    private static String have(int tables) {
        return tables == 1 ? "1 table has" : String.format(Locale.ROOT, "%,d tables have", tables);
    }

    private static String names(Collection<TableName> tables) {
        var named =
                tables.stream().sorted().limit(NAMED).map(TableName::toString).collect(Collectors.joining(", "));
        return tables.size() > NAMED
                ? String.format(Locale.ROOT, "%s and %,d more", named, tables.size() - NAMED)
                : named;
    }
}
