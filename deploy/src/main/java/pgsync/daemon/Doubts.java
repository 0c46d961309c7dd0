package pgsync.daemon;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import pgsync.cluster.Role;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.node.Heartbeat;
import pgsync.sql.Step;

/**
 * Whether this node works between the same two databases as the rest of its cluster. One that does not takes no tasks, and says
 * which database it is about. {@link #look} is called by one thread, the rest from any.
 */
final class Doubts {
    /** Coordinators of ours, living or not. */
    private static final String KNOWN = "select id from pgsync.node where role = 'coordinator'";

    /** {@code $1} cluster, {@code $2} identity of our source. A run that reads another one. */
    private static final String OTHER_SOURCE = """
            select id, source_identity from pgsync.run
             where cluster = $1 and state = 'running' and not pgsync.same_source(source_identity, $2) limit 1
            """;

    private final Pool target;
    private final Membership member;
    private final String cluster;
    private final String source;
    private final Heartbeat heartbeat;
    private final RunEvents events;
    private volatile @Nullable String doubt;

    Doubts(Pool target, Membership member, String cluster, String source, Heartbeat heartbeat, RunEvents events) {
        this.target = target;
        this.member = member;
        this.cluster = cluster;
        this.source = source;
        this.heartbeat = heartbeat;
        this.events = events;
    }

    /** Nothing is to be taken off the board now. */
    boolean refusing() {
        return doubt != null;
    }

    /** Why this node refuses tasks; empty when it does not. */
    Optional<String> reason() {
        return Optional.ofNullable(doubt);
    }

    /** Throws {@link pgsync.error.StepFailed} when the target cannot be asked; then nothing changes. */
    void look() {
        say(otherTarget().or(this::otherSource).orElse(null));
    }

    /** Coordinators enter the target's list before they join, so one that is not in ours writes to another target. */
    private Optional<String> otherTarget() {
        Set<UUID> known = new HashSet<>();
        Step.await("look for coordinators", () -> target.query(KNOWN).execute())
                .forEach(row -> known.add(row.getUUID(0)));
        return member.members().stream()
                .filter(other -> other.node().role() == Role.COORDINATOR)
                .filter(other -> !known.contains(other.node().id().value()))
                .findFirst()
                .map(other -> "coordinator %s (%s) of cluster %s works on another target than this node"
                        .formatted(other.node().name(), other.node().id(), cluster));
    }

    private Optional<String> otherSource() {
        for (var row : Step.await(
                "look for runs that read another source",
                () -> target.preparedQuery(OTHER_SOURCE).execute(Tuple.of(cluster, source)))) {
            return Optional.of("run %s reads source %s, this node is connected to source %s"
                    .formatted(row.getUUID(0), row.getString(1), source));
        }
        return Optional.empty();
    }

    private void say(@Nullable String now) {
        if (!Objects.equals(doubt, now)) {
            doubt = now;
            heartbeat.note(now == null ? null : "takes no tasks: " + now);
            if (now == null) {
                events.on(new RunEvent.Detail("the doubt is gone: taking tasks again"));
            } else {
                events.on(new RunEvent.Warning(
                        null,
                        "this node takes no tasks: " + now,
                        "give all nodes of a cluster the same source and target"));
            }
        }
    }
}
