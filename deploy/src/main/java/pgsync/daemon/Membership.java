package pgsync.daemon;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pgsync.board.TaskBoard;
import pgsync.cluster.ClusterMember;
import pgsync.cluster.ClusterNode;
import pgsync.cluster.Introduction;
import pgsync.cluster.Role;
import pgsync.config.ClusterConfig;
import pgsync.error.ClusterUnreachable;
import pgsync.task.TaskId;

/**
 * This node's place in the cluster, taken again when it was lost. Hazelcast heals a split where both halves hold data; workers that
 * lost every coordinator hold none, and stay among themselves for ever (tried: three workers did not find a coordinator that was
 * started again after 15 s). {@link #look} is called by one thread, the rest from any.
 */
final class Membership implements TaskBoard, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    /** A coordinator that was started again is seen within seconds where Hazelcast finds it by itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ClusterConfig config;
    private final Introduction me;
    private volatile ClusterMember now;
    private long lastSeen = System.nanoTime();

    private Membership(ClusterConfig config, Introduction me, ClusterMember now) {
        this.config = config;
        this.me = me;
        this.now = now;
    }

    /** Throws what {@link ClusterMember#join} throws. */
    static Membership join(ClusterConfig config, Introduction me) {
        return new Membership(config, me, ClusterMember.join(config, me));
    }

    List<ClusterNode> members() {
        return now.members();
    }

    boolean isOldest() {
        return now.isOldest();
    }

    /**
     * Joins anew when this node is out of the cluster for good, or has seen no coordinator for a while although one lives.
     *
     * @param coordinatorLives by its heartbeat in the target
     */
    void look(boolean coordinatorLives) {
        var clock = System.nanoTime();
        // One that has just been started gets the chance to come to us before we go and look for it.
        if (now.isRunning() && (sees() || !coordinatorLives)) {
            lastSeen = clock;
            return;
        }
        if (!now.isRunning() || clock - lastSeen > PATIENCE.toNanos()) {
            again();
            lastSeen = System.nanoTime();
        }
    }

    private boolean sees() {
        return me.role() == Role.COORDINATOR
                || members().stream().anyMatch(member -> member.node().role() == Role.COORDINATOR);
    }

    private void again() {
        LOG.warn("joining cluster {} again: this node sees no coordinator", config.name());
        now.close();
        try {
            now = ClusterMember.join(config, me);
        } catch (ClusterUnreachable e) {
            LOG.warn("{}; trying again", e.getMessage());
        }
    }

    @Override
    public void offer(TaskId task) {
        now.board().offer(task);
    }

    @Override
    public Optional<TaskId> poll(Duration atMost) {
        return now.board().poll(atMost);
    }

    @Override
    public boolean tryLock(TaskId task) {
        return now.board().tryLock(task);
    }

    @Override
    public void unlock(TaskId task) {
        now.board().unlock(task);
    }

    @Override
    public int waiting() {
        return now.board().waiting();
    }

    @Override
    public void changed() {
        now.board().changed();
    }

    @Override
    public void awaitChange(Duration atMost) {
        now.board().awaitChange(atMost);
    }

    @Override
    public void close() {
        now.close();
    }
}
