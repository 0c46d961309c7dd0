package pgsync.daemon;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import pgsync.cli.Nodes;
import pgsync.cluster.Role;
import pgsync.config.Settings;
import pgsync.connect.Surroundings;
import pgsync.coordinator.SyncRun;
import pgsync.coordinator.lead.Leader;
import pgsync.coordinator.lead.Neighbours;
import pgsync.coordinator.lead.RunTelling;
import pgsync.event.RunEvents;
import pgsync.local.LocalEngine;
import pgsync.schedule.Schedule;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.RunReport;
import pgsync.time.Pause;

/** {@code pgsync coordinator} and {@code pgsync worker}: the engine of {@code sync}, wired to a cluster. */
public final class ClusterNodes implements Nodes {
    private final String version;
    private final Surroundings around;
    private final LocalEngine.Parts parts;

    public ClusterNodes(String version, Surroundings around, LocalEngine.Parts parts) {
        this.version = version;
        this.around = around;
        this.parts = parts;
    }

    @Override
    public void coordinate(Settings settings, RunTelling telling, RunEvents events) {
        try (var node = node(settings, Role.COORDINATOR, events)) {
            var leader = new Leader(
                    new Leader.Settings(
                            settings.sync(),
                            parts.horizons().of(settings),
                            node.id(),
                            settings.cluster().name(),
                            schedule(settings),
                            Pause.real()),
                    node.databases(),
                    node.board(),
                    neighbours(node),
                    node.asSlots(),
                    node::verifier,
                    new CountingTelling(telling, node.meters()));
            var leading = Thread.ofVirtual().name("leader").start(leader);
            node.serve(Pause.real());
            leading.interrupt();
            join(leading);
        }
    }

    @Override
    public RunReport coordinateOnce(Settings settings, RunEvents events) {
        try (var node = node(settings, Role.COORDINATOR, events)) {
            return new SyncRun(
                            new SyncRun.Settings(
                                    settings.sync(),
                                    parts.horizons().of(settings),
                                    node.id(),
                                    new RunId(UUID.randomUUID()),
                                    System.getProperty("user.name", "someone"),
                                    settings.cluster().name(),
                                    SyncRun.AtStop.CANCEL,
                                    Pause.real()),
                            node.databases(),
                            node.board(),
                            events)
                    .run(node.asSlots());
        }
    }

    @Override
    public void work(Settings settings, RunEvents events) {
        try (var node = node(settings, Role.WORKER, events)) {
            node.serve(Pause.real());
        }
    }

    private Node node(Settings settings, Role role, RunEvents events) {
        return new Node(settings, role, version, around, parts.fence(), events);
    }

    private static @Nullable Schedule schedule(Settings settings) {
        return settings.schedule() == null ? null : Schedule.parse(settings.schedule());
    }

    private static Neighbours neighbours(Node node) {
        return new Neighbours() {
            @Override
            public boolean see(NodeId other) {
                return node.member().members().stream()
                        .anyMatch(member -> member.node().id().equals(other));
            }

            @Override
            public boolean oldestHere() {
                return node.member().isOldest();
            }
        };
    }

    private static void join(Thread thread) {
        var interrupted = Thread.interrupted();
        try {
            thread.join();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
