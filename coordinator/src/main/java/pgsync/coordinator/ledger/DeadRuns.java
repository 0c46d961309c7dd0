package pgsync.coordinator.ledger;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import pgsync.error.RunHeld;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.error.Trouble;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.sql.Step;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.TableName;
import pgsync.time.Pause;

/** Closes runs whose process is gone, so that their tables can be taken again. Only the target's clock says who is gone. */
public final class DeadRuns {
    /** A node that lives says so each second; this long without a word and it counts as dead, whatever it does later. */
    private static final Duration LEASE = Duration.ofSeconds(5);
    /** The same when PostgreSQL has no connection of the node any more. Behind a pooler a living node may show none for a second. */
    private static final Duration LEASE_WITHOUT_CONNECTION = Duration.ofSeconds(2);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
    private static final int MAX_LOOKS = 60;
    private static final int MAX_TERMINATIONS = 40;

    private final Pool target;
    private final NodeId me;
    private final boolean takesOver;
    private final Pause pause;
    private final RunEvents events;

    /** {@code takesOver}: this process would itself take over a run of its cluster, so none of them is dead while it lives. */
    public DeadRuns(Pool target, NodeId me, boolean takesOver, Pause pause, RunEvents events) {
        this.target = target;
        this.me = me;
        this.takesOver = takesOver;
        this.pause = pause;
        this.events = events;
    }

    /**
     * Returns when no other run holds one of the tables, having closed every dead one. Waits for one that may be dead; throws
     * {@link RunHeld} for one that proves to live.
     */
    public void close(Collection<TableName> wanted) {
        var tables = List.copyOf(wanted);
        var parameters = Ledger.parameters(me.value(), Ledger.schemas(tables), Ledger.names(tables), takesOver);
        Map<UUID, OffsetDateTime> firstSeen = new HashMap<>();
        for (var look = 0; look < MAX_LOOKS; look++) {
            var waiting = false;
            for (var row : Ledger.ask("look for other runs", target, LedgerSql.LIVE_RUNS, parameters)) {
                if (isDead(row)) {
                    close(new RunId(row.getUUID("id")), new NodeId(row.getUUID("coordinator")));
                } else if (row.getBoolean("in_the_way")) {
                    refuseIfAlive(row, firstSeen);
                    waiting = true;
                }
            }
            if (!waiting) {
                return;
            }
            sleep();
        }
        throw new RunHeld("another run is open and its process cannot be told dead or alive", "try again in a moment");
    }

    private static boolean isDead(Row row) {
        var age = Duration.ofMillis(row.getLong("age"));
        var vanished = row.getBoolean("we_are_seen") && !row.getBoolean("connected");
        return age.compareTo(vanished ? LEASE_WITHOUT_CONNECTION : LEASE) > 0;
    }

    private static void refuseIfAlive(Row row, Map<UUID, OffsetDateTime> firstSeen) {
        @Nullable OffsetDateTime heartbeat = row.getOffsetDateTime("heartbeat");
        if (heartbeat == null) {
            return;
        }
        var first = firstSeen.putIfAbsent(row.getUUID("id"), heartbeat);
        if (first != null && heartbeat.isAfter(first)) {
            throw new RunHeld(
                    "run %s (%s, asked for by %s) is at work on this target"
                            .formatted(row.getUUID("id"), row.getString("mode"), row.getString("requested_by")),
                    "wait until it has ended");
        }
    }

    private void close(RunId run, NodeId owner) {
        events.on(new RunEvent.Warning(
                null,
                "run %s ended without saying so (its process is gone)".formatted(run),
                "nothing to do: what it finished stays, the rest is done now"));
        // Its connections may still hold row locks, and a statement that was sent runs on until it wants to answer.
        for (var tries = 0; tries < MAX_TERMINATIONS; tries++) {
            Ledger.ask(
                    "end connections of a dead run",
                    target,
                    LedgerSql.TERMINATE,
                    Tuple.of(owner.applicationName(), run.value()));
            if (closed(run)) {
                return;
            }
            sleep();
        }
        throw new RunHeld(
                "the connections of dead run " + run + " do not go away", "look for them in pg_stat_activity");
    }

    private boolean closed(RunId run) {
        var connection = Step.connect("connect to the target", target);
        try {
            Step.await(
                    "begin",
                    () -> connection
                            .query("begin; set local lock_timeout = '500ms'")
                            .execute());
            Ledger.abandon(connection, run, "failed", "failed", "the process that ran it ended without finishing");
            Step.await("commit", () -> connection.query("commit").execute());
            return true;
        } catch (RuntimeException e) {
            Ledger.rollback(connection, "close run " + run, e);
            if (e instanceof StepFailed failed && failed.trouble() == Trouble.LOCKED) {
                return false;
            }
            throw e;
        } finally {
            Step.await("give connection back", connection::close);
        }
    }

    private void sleep() {
        try {
            pause.sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("wait for another run", e);
        }
    }
}
