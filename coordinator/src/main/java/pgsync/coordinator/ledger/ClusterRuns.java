package pgsync.coordinator.ledger;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.node.OpenTransactions;
import pgsync.request.RunRequest;
import pgsync.sql.AnyEncoding;
import pgsync.sql.Step;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.RunReport;

/** The open runs of one cluster and who may drive them. Safe from any thread; every method waits for the target. */
public final class ClusterRuns {
    /** What stands in {@code pgsync.run.requested_by} of a run that a schedule began. */
    public static final String SCHEDULE = "schedule";

    private final Pool target;
    private final NodeId me;
    private final String cluster;

    public ClusterRuns(Pool target, NodeId me, String cluster) {
        this.target = target;
        this.me = me;
        this.cluster = cluster;
    }

    /** Whether a run was published already. */
    public enum Stage {
        PLANNING,
        RUNNING
    }

    /**
     * A run that has not ended.
     *
     * @param driver the coordinator that drives it, null when nobody has begun it
     * @param driverLives by the heartbeat of the driver
     * @param heir the coordinator that is to drive it when nobody does, null when there is none
     * @param asked the request as JSON, null for one without wishes
     * @param horizon of the coordinator that published it, null while it is planned or when it is not known
     * @param snapshot the one that its tasks read, null when each takes its own
     * @param reached bytes of log that the source had at the horizon, null while it is planned or when it is not known
     */
    public record Open(
            RunId run,
            Stage stage,
            @Nullable NodeId driver,
            boolean driverLives,
            @Nullable NodeId heir,
            @Nullable String asked,
            String requestedBy,
            boolean cancelRequested,
            @Nullable OffsetDateTime horizon,
            @Nullable String snapshot,
            @Nullable Long reached) {
        /** What was asked for. Throws {@link IllegalStateException} for what no version of pgsync that we know wrote. */
        public RunRequest request() {
            return asked == null ? RunRequest.AS_CONFIGURED : RunRequest.ofJson(asked);
        }
    }

    /**
     * The cluster as the target shows it.
     *
     * @param coordinators that live, the one that has been there longest first: it leads
     * @param now the target's clock
     * @param lastScheduled when the last scheduled run began
     */
    public record Standing(
            List<Coordinator> coordinators, List<Open> open, Instant now, Optional<Instant> lastScheduled) {
        public Standing {
            coordinators = List.copyOf(coordinators);
            open = List.copyOf(open);
        }
    }

    /**
     * A coordinator that lives, by its heartbeat in the target.
     *
     * @param address {@code host:port} at which other members reach it
     */
    public record Coordinator(NodeId id, String address) {}

    /** Coordinators that live, the one that leads first. */
    public List<Coordinator> coordinators() {
        var coordinators = new ArrayList<Coordinator>();
        for (var row : Ledger.ask("look for coordinators", target, LedgerSql.COORDINATORS, Tuple.of(cluster))) {
            coordinators.add(new Coordinator(new NodeId(row.getUUID(0)), row.getString(1)));
        }
        return coordinators;
    }

    public Standing look() {
        var open = new ArrayList<Open>();
        for (var row : Ledger.ask("look for open runs", target, LedgerSql.OPEN_RUNS, Tuple.of(cluster))) {
            open.add(open(row));
        }
        var clock = Ledger.ask("ask the time", target, LedgerSql.LAST_SCHEDULED, Tuple.of(cluster, SCHEDULE))
                .iterator()
                .next();
        return new Standing(
                coordinators(),
                open,
                clock.getOffsetDateTime("now").toInstant(),
                Optional.ofNullable(clock.getOffsetDateTime("last")).map(OffsetDateTime::toInstant));
    }

    private static Open open(Row row) {
        @Nullable UUID driver = row.getUUID("coordinator");
        @Nullable UUID heir = row.getUUID("heir");
        return new Open(
                new RunId(row.getUUID("id")),
                row.getString("state").equals("planning") ? Stage.PLANNING : Stage.RUNNING,
                driver == null ? null : new NodeId(driver),
                row.getBoolean("lives"),
                heir == null ? null : new NodeId(heir),
                row.getString("request"),
                row.getString("requested_by"),
                row.getBoolean("cancel_requested"),
                row.getOffsetDateTime("horizon"),
                row.getString("snapshot"),
                row.getLong("source_reached"));
    }

    /**
     * Makes this node the driver of a run that nobody drives, and cuts off what its last driver still has open. False when
     * somebody was quicker or the driver lives after all.
     */
    public boolean take(Open run) {
        if (run.driver() != null && !run.driver().equals(me)) {
            OpenTransactions.end(target, run.driver());
        }
        var connection = Step.connect("connect to the target", target);
        try {
            Step.await(
                    "begin",
                    () -> connection
                            .query("begin; set local lock_timeout = '500ms'")
                            .execute());
            var taken = Ledger.ask(
                            "take over a run",
                            connection,
                            LedgerSql.TAKE_OVER,
                            Ledger.parameters(
                                    run.run().value(),
                                    me.value(),
                                    run.driver() == null ? null : run.driver().value()))
                    .size();
            Step.await("commit", () -> connection.query("commit").execute());
            return taken > 0;
        } catch (StepFailed e) {
            Ledger.rollback(connection, "take over a run", e);
            if (e.trouble() == Trouble.LOCKED) {
                return false;
            }
            throw e;
        } finally {
            Step.await("give connection back", connection::close);
        }
    }

    /** The run is ours and its tables are not published. */
    public boolean planned(RunId run) {
        return Ledger.ask("look at a run", target, LedgerSql.PLANNED, Tuple.of(run.value(), me.value()))
                        .size()
                > 0;
    }

    /** Leaves a run that is not published for another coordinator. */
    public void letGo(RunId run) {
        Ledger.ask("let go of a run", target, LedgerSql.LET_GO, Tuple.of(run.value(), me.value()));
    }

    /** A run ended before its tables were published. */
    public void failed(RunId run, int exitCode, String error, @Nullable String remedy) {
        AnyEncoding.write(spelled -> Ledger.ask(
                "record that a run cannot begin",
                target,
                LedgerSql.CANNOT_BEGIN,
                Ledger.parameters(
                        run.value(),
                        me.value(),
                        exitCode,
                        spelled.apply(error),
                        remedy == null ? null : spelled.apply(remedy))));
    }

    /** Ends a run of ours that was not published, if somebody asked to cancel it. */
    public boolean cancelled(RunId run) {
        return Ledger.ask("cancel a run", target, LedgerSql.CANCELLED, Tuple.of(run.value(), me.value()))
                        .size()
                > 0;
    }

    /** Keeps the report of a dry run or a verification, which leave no other trace. */
    public void rehearsed(RunId run, RunReport report) {
        AnyEncoding.write(spelled -> Ledger.ask(
                "keep the report of a run",
                target,
                LedgerSql.REHEARSED,
                Tuple.of(run.value(), me.value(), report.toJson(spelled), report.state())));
    }

    /** Nodes that left without a word long ago. */
    public void forgetNodes() {
        Ledger.ask("forget nodes that are gone", target, LedgerSql.FORGET_NODES, Tuple.tuple());
    }
}
