package pgsync.local;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pgsync.board.LocalBoard;
import pgsync.claim.Claims;
import pgsync.claim.Rehearsal;
import pgsync.claim.TaskSource;
import pgsync.cli.Engine;
import pgsync.config.Settings;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.connect.Surroundings;
import pgsync.connect.VertxWithoutFiles;
import pgsync.coordinator.Databases;
import pgsync.coordinator.SyncRun;
import pgsync.coordinator.examine.Examination;
import pgsync.coordinator.examine.Finding;
import pgsync.coordinator.moment.HorizonRule;
import pgsync.coordinator.moment.OldestTransaction;
import pgsync.coordinator.verify.Verifier;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.event.RunEvents;
import pgsync.node.Heartbeat;
import pgsync.node.Presence;
import pgsync.sql.Step;
import pgsync.state.StateSchema;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.RunReport;
import pgsync.task.TaskSpec;
import pgsync.time.Pause;
import pgsync.worker.WorkerLoop;
import pgsync.worker.WorkerSlots;
import pgsync.worker.apply.TaskRunner;
import pgsync.worker.session.TargetSession;

/** {@code pgsync sync} without a cluster: the cluster's code, wired to a local board. Read it to see who knows whom. */
public final class LocalEngine implements Engine {
    /** Run's snapshot and whatever else the coordinator asks the source. */
    private static final int SOURCE_CONNECTIONS = 2;
    /** The coordinator's statements and the claims of the slots. */
    private static final int TARGET_CONNECTIONS = 3;

    /** A slot has one connection on each side, and now and then another one beside it. */
    private static final Examination.Connections CONNECTIONS =
            new Examination.Connections(SOURCE_CONNECTIONS, TARGET_CONNECTIONS + Heartbeat.CONNECTIONS, 2);

    private final String version;
    private final Surroundings around;
    private final Parts parts;
    private final AtomicReference<@Nullable FutureTask<Vertx>> prepared = new AtomicReference<>();

    /** What tests replace to show that a guarantee rests on it. */
    public record Parts(HorizonRules horizons, TargetSession.FenceCheck fence) {
        public static final Parts REAL = new Parts(
                settings -> new OldestTransaction(settings.sync().overlap()), TargetSession.FenceCheck.inTarget());

        @FunctionalInterface
        public interface HorizonRules {
            HorizonRule of(Settings settings);
        }
    }

    public LocalEngine(String version, Surroundings around, Parts parts) {
        this.version = version;
        this.around = around;
        this.parts = parts;
    }

    /**
     * Begins to load what a run needs while the caller still reads settings, which takes as long. A run works without it too, so
     * a failure here is left to the run to meet.
     */
    public void prepare() {
        var ahead = new FutureTask<>(VertxWithoutFiles::start);
        prepared.set(ahead);
        Thread.ofPlatform().daemon().name("warm-up").start(() -> {
            ahead.run();
            TaskSpec.warmUp();
        });
    }

    private Vertx vertx() {
        var ahead = prepared.getAndSet(null);
        if (ahead == null) {
            return VertxWithoutFiles.start();
        }
        try {
            return ahead.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Vert.x does not start", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("start Vert.x", e);
        }
    }

    @Override
    public RunReport sync(Settings settings, RunEvents events) {
        return connected(settings, work -> {
            if (settings.sync().dryRun()) {
                return rehearse(settings, events, work);
            }
            connectAhead(work.databases().source());
            refuseBeforeTheFirstWrite(settings, events, work);
            StateSchema.ensure(work.databases().target());
            var own = work.connector().pool(Side.TARGET, work.target(), Heartbeat.CONNECTIONS);
            try (var heartbeat = Heartbeat.start(own, Presence.local(work.me(), version), Pause.real())) {
                return carryOut(settings, events, work);
            }
        });
    }

    /** As {@link #sync}, but compares the rows of both sides, and changes none. */
    public RunReport verify(Settings settings, RunEvents events) {
        return connected(settings, work -> {
            var verifier = new Verifier(
                    work.connector(),
                    work.source(),
                    work.target(),
                    settings.sync().parallel(),
                    events);
            return run(settings.with(settings.sync().rehearsed()), events, work, new LocalBoard())
                    .verify(verifier);
        });
    }

    /**
     * Looks at both servers and at everything a run would begin with, and writes nothing. When a server cannot be reached, that is what
     * was found; throws as {@link #sync} does where a run could not begin.
     */
    public void examine(Settings settings, Consumer<Finding> tell) {
        var unused = connected(settings, work -> {
            var unreachable = unreachable(work.databases());
            unreachable.forEach(tell);
            if (unreachable.isEmpty()) {
                var earnest = settings.with(settings.sync().inEarnest());
                var examination = new Examination(earnest.sync(), CONNECTIONS, tell);
                run(earnest, examination::hear, work, new LocalBoard()).examine(examination);
            }
            return unreachable;
        });
    }

    /** Both at the same time: a server that does not answer costs the patience for one. */
    private static List<Finding> unreachable(Databases databases) {
        var found = new ConcurrentLinkedQueue<Finding>();
        var target = Thread.ofVirtual()
                .name("reach the target")
                .start(() ->
                        unreachable(Finding.About.TARGET, databases.target()).ifPresent(found::add));
        unreachable(Finding.About.SOURCE, databases.source()).ifPresent(found::add);
        try {
            target.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("connect to the target", e);
        }
        return found.stream().sorted(Comparator.comparing(Finding::about)).toList();
    }

    private static Optional<Finding> unreachable(Finding.About about, Pool pool) {
        try {
            var connection = Step.connect("connect", pool);
            Step.await("give connection back", connection::close);
            return Optional.empty();
        } catch (StepFailed e) {
            return Optional.of(Examination.unreachable(about, e));
        }
    }

    private <T> T connected(Settings settings, Function<Work, T> body) {
        var source = Endpoint.parse(Side.SOURCE, settings.requiredSource().reveal(), around);
        var target = Endpoint.parse(Side.TARGET, settings.requiredTarget().reveal(), around);
        var me = new NodeId(UUID.randomUUID());
        var vertx = vertx();
        try (var connector = new Connector(vertx, me, Pause.real())) {
            var databases = new Databases(
                    connector.pool(Side.SOURCE, source, SOURCE_CONNECTIONS),
                    connector.pool(Side.TARGET, target, TARGET_CONNECTIONS));
            return body.apply(new Work(connector, source, target, databases, me));
        } finally {
            // Nothing waits for it: what matters was closed before, and the process may end meanwhile.
            var closing = vertx.close();
            closing.onFailure(e -> {});
        }
    }

    /** The source's first connection is made while the target is looked at; discovery finds it in the pool. */
    private static void connectAhead(Pool source) {
        Thread.ofVirtual().name("connect ahead").start(() -> {
            try {
                Step.await("give connection back", Step.connect("connect to the source", source)::close);
            } catch (StepFailed | Stopped e) {
                // Discovery meets the same trouble a moment later, and tells it.
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Where the schema is there already, the run itself refuses soon enough. */
    private void refuseBeforeTheFirstWrite(Settings settings, RunEvents events, Work work) {
        if (StateSchema.version(work.databases().target()) == 0) {
            run(settings, events, work, new LocalBoard()).preflight();
        }
    }

    private record Work(Connector connector, Endpoint source, Endpoint target, Databases databases, NodeId me) {}

    private RunReport carryOut(Settings settings, RunEvents events, Work work) {
        var board = new LocalBoard();
        var claims = new Claims(work.databases().target(), board, work.me());
        try (var workers = workers(settings, events, work, claims)) {
            return run(settings, events, work, board).run(new SyncRun.Slots() {
                @Override
                public void play(Rehearsal rehearsal) {
                    throw new IllegalStateException("a real run rehearses nothing");
                }

                @Override
                public void stop() {
                    workers.close();
                }
            });
        }
    }

    private RunReport rehearse(Settings settings, RunEvents events, Work work) {
        return run(settings, events, work, new LocalBoard()).run(new SyncRun.Slots() {
            @Override
            public void play(Rehearsal rehearsal) {
                try (var workers = workers(settings, events, work, rehearsal)) {
                    rehearsal.awaitEnd();
                }
            }

            @Override
            public void stop() {
                // They have stopped when play returns.
            }
        });
    }

    private SyncRun run(Settings settings, RunEvents events, Work work, LocalBoard board) {
        return new SyncRun(
                new SyncRun.Settings(
                        settings.sync(),
                        parts.horizons().of(settings),
                        work.me(),
                        new RunId(UUID.randomUUID()),
                        System.getProperty("user.name", "someone"),
                        null,
                        SyncRun.AtStop.CANCEL,
                        Pause.real()),
                work.databases(),
                board,
                events);
    }

    private WorkerSlots workers(Settings settings, RunEvents events, Work work, TaskSource tasks) {
        var ahead = new AtomicBoolean();
        return WorkerSlots.start(
                settings.sync().parallel(),
                () -> new WorkerLoop(
                        tasks, () -> runner(events, work, ahead.compareAndSet(false, true)), Pause.real()));
    }

    /** There is at least one task in nearly every run, so one slot need not wait for it to connect. */
    private TaskRunner runner(RunEvents events, Work work, boolean connectAhead) {
        var runner = new TaskRunner(work.connector(), work.source(), work.target(), parts.fence(), events);
        if (connectAhead) {
            runner.connectAhead();
        }
        return runner;
    }
}
