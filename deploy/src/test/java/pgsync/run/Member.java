package pgsync.run;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import pgsync.board.TaskBoard;
import pgsync.claim.Claims;
import pgsync.claim.InHand;
import pgsync.claim.Rehearsal;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.connect.Surroundings;
import pgsync.coordinator.Databases;
import pgsync.coordinator.SyncRun;
import pgsync.coordinator.lead.Leader;
import pgsync.coordinator.lead.Neighbours;
import pgsync.coordinator.lead.RunTelling;
import pgsync.coordinator.moment.OldestTransaction;
import pgsync.coordinator.verify.Verifier;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.node.Heartbeat;
import pgsync.node.OpenTransactions;
import pgsync.node.Presence;
import pgsync.request.RunRequest;
import pgsync.request.RunRequests;
import pgsync.schedule.Schedule;
import pgsync.state.StateSchema;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.RunReport;
import pgsync.testground.TestServer;
import pgsync.time.Pause;
import pgsync.worker.WorkerLoop;
import pgsync.worker.WorkerSlots;
import pgsync.worker.apply.TaskRunner;
import pgsync.worker.session.TargetSession;

/** A node of a cluster in this process: what {@code pgsync.daemon} wires, less Hazelcast and HTTP, so that it can be put to death in parts. */
final class Member implements AutoCloseable {
    static final String CLUSTER = "test";

    final NodeId id = new NodeId(UUID.randomUUID());
    final Databases databases;
    final Queue<RunEvent> told = new ConcurrentLinkedQueue<>();
    final Queue<RunReport> reports = new ConcurrentLinkedQueue<>();
    final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();

    private final SyncGround ground;
    private final TaskBoard board;
    private final Vertx vertx = Vertx.vertx();
    private final Connector connector = new Connector(vertx, id, Pause.real());
    private final Endpoint source;
    private final Endpoint target;
    private final Heartbeat heartbeat;
    private final InHand inHand = new InHand();
    private @Nullable Thread leader;
    private @Nullable WorkerSlots slots;

    Member(SyncGround ground, TaskBoard board, String role) {
        this(ground, board, role, null);
    }

    /** A node that says that it reads {@code identity}. */
    Member(SyncGround ground, TaskBoard board, String role, @Nullable String identity) {
        this.ground = ground;
        this.board = board;
        var surroundings = new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
        source = Endpoint.parse(ground.settings().requiredSource().reveal(), surroundings);
        target = Endpoint.parse(ground.settings().requiredTarget().reveal(), surroundings);
        databases = new Databases(connector.pool(Side.SOURCE, source, 4), connector.pool(Side.TARGET, target, 4));
        StateSchema.ensure(databases.target());
        heartbeat = Heartbeat.start(
                connector.pool(Side.TARGET, target, Heartbeat.CONNECTIONS),
                new Presence(id, role, role, "test", null, CLUSTER, 2, null, identity),
                Pause.real());
    }

    Member leads(String... settings) {
        return leads(null, settings);
    }

    Member leads(@Nullable Schedule schedule, String... settings) {
        var config = ground.settings(settings).sync();
        leader = Thread.ofVirtual()
                .start(new Leader(
                        new Leader.Settings(
                                config, new OldestTransaction(config.overlap()), id, CLUSTER, schedule, Pause.real()),
                        databases,
                        board,
                        alone(),
                        noSlots(),
                        events -> new Verifier(connector, source, target, 2, events),
                        telling()));
        return this;
    }

    /** Works for runs that read {@code identity}, null for any. */
    Member works(@Nullable String identity) {
        slots = WorkerSlots.start(
                2,
                () -> new WorkerLoop(
                        new Claims(databases.target(), board, id, identity, inHand),
                        () -> new TaskRunner(connector, source, target, TargetSession.FenceCheck.inTarget(), told::add),
                        Pause.real()));
        return this;
    }

    /** Stops working the way a process does that is asked to stop, and is in a hurry. */
    void drains() throws InterruptedException {
        Objects.requireNonNull(slots).drain(Duration.ZERO, () -> OpenTransactions.end(databases.target(), id));
    }

    /** Does one run by itself, as a process that was started for that, with nobody who would take over. */
    RunReport runsOnce() {
        var config = ground.settings().sync();
        return new SyncRun(
                        new SyncRun.Settings(
                                config,
                                new OldestTransaction(config.overlap()),
                                id,
                                new RunId(UUID.randomUUID()),
                                "a test",
                                CLUSTER,
                                SyncRun.AtStop.CANCEL,
                                Pause.real()),
                        databases,
                        board,
                        told::add)
                .run(noSlots());
    }

    RunId asks() {
        return asks(RunRequest.AS_CONFIGURED);
    }

    RunId asks(RunRequest request) {
        return requests().ask(request, ground.settings().sync(), "a test");
    }

    RunRequests requests() {
        return new RunRequests(databases.target(), CLUSTER);
    }

    /** Stops leading the way a process does that is asked to stop: runs stay open. */
    void stopsLeading() {
        if (leader != null) {
            leader.interrupt();
            try {
                leader.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            leader = null;
        }
    }

    /** Says nothing any more, as if frozen. */
    void fallsSilent() {
        heartbeat.close();
    }

    private static Neighbours alone() {
        return new Neighbours() {
            @Override
            public boolean see(NodeId node) {
                return true;
            }

            @Override
            public boolean oldestHere() {
                return true;
            }
        };
    }

    private static SyncRun.Slots noSlots() {
        return new SyncRun.Slots() {
            @Override
            public void play(Rehearsal rehearsal) {
                // Nobody works on it: it ends when it is interrupted.
                rehearsal.awaitEnd();
            }

            @Override
            public void stop() {}
        };
    }

    private RunTelling telling() {
        return new RunTelling() {
            @Override
            public RunEvents of(RunId run) {
                return told::add;
            }

            @Override
            public void ended(RunId run, RunReport report) {
                reports.add(report);
            }

            @Override
            public Cause brokeOff(RunId run, RuntimeException cause) {
                failures.add(cause);
                return new Cause(70, String.valueOf(cause.getMessage()), "none");
            }
        };
    }

    @Override
    public void close() {
        stopsLeading();
        if (slots != null) {
            slots.close();
        }
        heartbeat.close();
        connector.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
