package pgsync.daemon;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pgsync.claim.Claims;
import pgsync.claim.InHand;
import pgsync.claim.Rehearsal;
import pgsync.cluster.ClusterNode;
import pgsync.cluster.Introduction;
import pgsync.cluster.Role;
import pgsync.config.Settings;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.connect.Surroundings;
import pgsync.connect.VertxWithoutFiles;
import pgsync.coordinator.Databases;
import pgsync.coordinator.SyncRun;
import pgsync.coordinator.ledger.ClusterRuns;
import pgsync.coordinator.verify.Verifier;
import pgsync.error.Refused;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.http.Meters;
import pgsync.http.NodeView;
import pgsync.http.StatusServer;
import pgsync.node.Heartbeat;
import pgsync.node.OpenTransactions;
import pgsync.node.Presence;
import pgsync.request.RunRequests;
import pgsync.sql.Step;
import pgsync.state.StateSchema;
import pgsync.table.CatalogReader;
import pgsync.table.ServerFacts;
import pgsync.task.NodeId;
import pgsync.time.Pause;
import pgsync.worker.WorkerLoop;
import pgsync.worker.WorkerSlots;
import pgsync.worker.apply.TaskRunner;
import pgsync.worker.session.TargetSession;

/**
 * What every node of a cluster is made of, whatever its role: connections, a row that says it lives, a place in the cluster, slots
 * that work. Closing drains the slots and leaves in good order, within ten seconds.
 */
final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    /** Each run holds one for its snapshot. */
    private static final int SOURCE_CONNECTIONS = 8;

    private static final int TARGET_CONNECTIONS = 8;
    /** Of people who look, so that they never keep a run waiting. */
    private static final int HTTP_CONNECTIONS = 2;
    /** What is stopped from outside is killed after ten seconds; giving back and leaving take a part of it. */
    private static final Duration DRAIN = Duration.ofSeconds(6);
    /** A node asks its target every second; one that is not answered for as long as this cannot claim anything. */
    private static final Duration TARGET_IS_AWAY = Duration.ofSeconds(15);

    private final Settings settings;
    private final Role role;
    private final RunEvents events;
    private final TargetSession.FenceCheck fence;
    private final Vertx vertx = VertxWithoutFiles.start();
    private final NodeId me = new NodeId(UUID.randomUUID());
    private final Connector connector;
    private final Endpoint source;
    private final Endpoint target;
    private final Databases databases;
    private final ServerFacts sourceFacts;
    private final Meters meters = new Meters();
    private final StatusServer http;
    private final Heartbeat heartbeat;
    private final Membership member;
    private final Doubts doubts;
    private final View seen;
    private final GuardedBoard board;
    private final ClusterRuns runs;
    private final InHand inHand = new InHand();
    private final WorkerSlots slots;

    Node(
            Settings settings,
            Role role,
            String version,
            Surroundings around,
            TargetSession.FenceCheck fence,
            RunEvents events) {
        this.settings = settings;
        this.role = role;
        this.events = events;
        this.fence = fence;
        this.source = Endpoint.parse(Side.SOURCE, settings.requiredSource().reveal(), around);
        this.target = Endpoint.parse(Side.TARGET, settings.requiredTarget().reveal(), around);
        this.connector = new Connector(vertx, me, Pause.real());
        var closing = new Unwinding();
        closing.add(() -> {
            connector.close();
            vertx.close().onFailure(e -> {});
        });
        try {
            this.databases = new Databases(
                    connector.pool(Side.SOURCE, source, SOURCE_CONNECTIONS),
                    connector.pool(Side.TARGET, target, TARGET_CONNECTIONS));
            this.sourceFacts = facts(databases.source(), true);
            refuseOneDatabase(sourceFacts, facts(databases.target(), false));
            StateSchema.ensure(databases.target());
            var name = host() + ":" + settings.cluster().port();
            // Before the cluster is joined: the others are told where to find it.
            this.seen = new View(name, version);
            this.http = StatusServer.start(new StatusServer.Parts(
                    settings.http(),
                    seen,
                    connector.pool(Side.TARGET, target, HTTP_CONNECTIONS),
                    new RunRequests(databases.target(), settings.cluster().name()),
                    settings.sync(),
                    meters,
                    vertx,
                    Pause.real()));
            closing.add(http::close);
            // Before anybody sees us in the cluster, so that a coordinator without a row is one of another target.
            this.heartbeat = Heartbeat.start(
                    connector.pool(Side.TARGET, target, Heartbeat.CONNECTIONS),
                    new Presence(
                            me,
                            name,
                            role.name().toLowerCase(Locale.ROOT),
                            version,
                            bracketed(settings.cluster().bind()) + ":"
                                    + settings.cluster().port(),
                            settings.cluster().name(),
                            slotCount(),
                            announced(),
                            sourceFacts.identity()),
                    Pause.real());
            closing.add(heartbeat::close);
            this.member = Membership.join(settings.cluster(), new Introduction(me, name, role, version, announced()));
            closing.add(member::close);
        } catch (RuntimeException e) {
            closing.unwind(e);
            throw e;
        }
        this.doubts = new Doubts(
                databases.target(), member, settings.cluster().name(), sourceFacts.identity(), heartbeat, events);
        this.runs = new ClusterRuns(databases.target(), me, settings.cluster().name());
        this.board = new GuardedBoard(member, doubts, Pause.real());
        this.slots = WorkerSlots.start(slotCount(), this::slot);
        seen.member = member;
        seen.doubts = doubts;
        events.on(new RunEvent.Listening(
                seen.name,
                role.name().toLowerCase(Locale.ROOT),
                settings.cluster().name(),
                announced()));
    }

    /** This node for the HTTP server, which starts before the node is complete. */
    private final class View implements NodeView {
        private final String name;
        private final String version;
        private volatile @Nullable Membership member;
        private volatile @Nullable Doubts doubts;
        private volatile Optional<NodeId> leading = Optional.empty();
        private volatile long targetAnswered = System.nanoTime();
        private volatile boolean leaving;

        View(String name, String version) {
            this.name = name;
            this.version = version;
        }

        @Override
        public String cluster() {
            return settings.cluster().name();
        }

        @Override
        public NodeId me() {
            return me;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String role() {
            return role.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String version() {
            return version;
        }

        @Override
        public Optional<NodeId> coordinator() {
            return leading;
        }

        @Override
        public List<ClusterNode> members() {
            var joined = member;
            return joined == null ? List.of() : joined.members();
        }

        @Override
        public Optional<String> notReady() {
            var looked = doubts;
            if (looked == null) {
                return Optional.of("joining cluster " + cluster());
            }
            if (leaving) {
                return Optional.of("leaving");
            }
            if (System.nanoTime() - targetAnswered > TARGET_IS_AWAY.toNanos()) {
                return Optional.of("the target does not answer");
            }
            return looked.reason().or(this::nobodyLeads);
        }

        private Optional<String> nobodyLeads() {
            return leading.isPresent() ? Optional.empty() : Optional.of("no coordinator lives");
        }

        @Override
        public int queueDepth() {
            var joined = member;
            return joined == null ? 0 : joined.waiting();
        }
    }

    private static ServerFacts facts(Pool pool, boolean source) {
        var connection = Step.connect("connect to the " + (source ? "source" : "target"), pool);
        try {
            var nothing = List.<String>of();
            return (source
                            ? CatalogReader.readSource(connection, nothing)
                            : CatalogReader.readTarget(connection, nothing))
                    .server();
        } finally {
            Step.await("give connection back", connection::close);
        }
    }

    private static void refuseOneDatabase(ServerFacts source, ServerFacts target) {
        if (source.isSameDatabaseAs(target)) {
            throw new Refused(
                    "source and target are the same database (%s)".formatted(source.database()),
                    "check -source and -target");
        }
    }

    /** Where others find our status pages: an address that means "every one of this machine" leads nowhere from outside. */
    private String announced() {
        var bind = settings.http().bind();
        var everywhere = bind.equals("0.0.0.0") || bind.equals("::");
        return everywhere
                ? "http://%s:%d".formatted(bracketed(settings.cluster().bind()), http.port())
                : http.address();
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private int slotCount() {
        return role == Role.WORKER || settings.cluster().coordinatorWorks()
                ? settings.sync().parallel()
                : 0;
    }

    // Claims of its own for each slot: a lock of the cluster is given back by the thread that took it.
    private WorkerLoop slot() {
        return new WorkerLoop(
                meters.counting(new Claims(databases.target(), board, me, sourceFacts.identity(), inHand)),
                this::runner,
                Pause.real());
    }

    private TaskRunner runner() {
        return new TaskRunner(connector, source, target, fence, events);
    }

    /** Compares in this process, with as many sessions a side as a worker has slots. */
    Verifier verifier(RunEvents told) {
        return new Verifier(connector, source, target, settings.sync().parallel(), told);
    }

    NodeId id() {
        return me;
    }

    Databases databases() {
        return databases;
    }

    Membership member() {
        return member;
    }

    Meters meters() {
        return meters;
    }

    GuardedBoard board() {
        return board;
    }

    /** For dry runs, whose tasks do not leave the process, and for a run that has to stop. */
    SyncRun.Slots asSlots() {
        return new SyncRun.Slots() {
            @Override
            public void play(Rehearsal rehearsal) {
                try (var own = WorkerSlots.start(
                        settings.sync().parallel(), () -> new WorkerLoop(rehearsal, Node.this::runner, Pause.real()))) {
                    rehearsal.awaitEnd();
                }
            }

            @Override
            public void stop() {
                // They work for all runs of the cluster; a run that ends early fences their tasks off.
            }
        };
    }

    /** Returns when the thread is interrupted. */
    void serve(Pause pause) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                pause.sleep(Duration.ofSeconds(1));
            }
        } catch (InterruptedException | Stopped stop) {
            LOG.debug("asked to stop");
        }
    }

    private void look() {
        try {
            doubts.look();
            var leading = runs.coordinators().stream().findFirst();
            seen.leading = leading.map(ClusterRuns.Coordinator::id);
            seen.targetAnswered = System.nanoTime();
            member.look(leading);
        } catch (StepFailed e) {
            LOG.debug("cannot look after the cluster: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        var interrupted = Thread.interrupted();
        seen.leaving = true;
        try {
            slots.drain(DRAIN, this::endTransactions);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        member.close();
        heartbeat.close();
        http.close();
        connector.close();
        vertx.close().onFailure(e -> {});
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void endTransactions() {
        try {
            OpenTransactions.end(databases.target(), me);
        } catch (StepFailed e) {
            LOG.debug("cannot end our transactions: {}", e.getMessage());
        }
    }
}
