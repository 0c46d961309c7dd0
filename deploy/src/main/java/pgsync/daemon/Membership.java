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
import pgsync.coordinator.ledger.ClusterRuns.Coordinator;
import pgsync.error.ClusterUnreachable;
import pgsync.task.TaskId;

/**
 * This node's place in the cluster, taken again when it was lost. Hazelcast heals a split where both halves hold data and nothing
 * breaks while it does. Workers that lost every coordinator hold none, and stay among themselves for ever (tried: three workers did
 * not find a coordinator that was started again after 15 s); a half that was left frozen in the middle of a merge lets nobody in.
 * So a node that does not see the coordinator that leads, by the target's word, goes to it. {@link #look} is called by one thread,
 * the rest from any.
 */
final class Membership implements TaskBoard, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    /** A coordinator that was started again is seen within seconds where Hazelcast finds it by itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Hazelcast looks for other halves every 10 s, and takes some to merge with one. */
    private static final Duration PATIENCE_WITH_A_MERGE = Duration.ofSeconds(45);
    /** A port of a living machine on our side of the network answers in milliseconds. */
    private static final Duration REACHABLE_WITHIN = Duration.ofSeconds(2);

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
     * Joins anew when this node is out of the cluster for good, or has not seen the one that leads for a while although its port
     * can be reached: behind a network that is cut, this half works on by itself.
     *
     * @param leading the coordinator that leads, by its heartbeat in the target; empty while none lives
     */
    void look(Optional<Coordinator> leading) {
        var clock = System.nanoTime();
        // One that has just been started gets the chance to come to us before we go and look for it.
        if (now.isRunning() && (leading.isEmpty() || sees(leading.get()))) {
            lastSeen = clock;
            return;
        }
        if (!now.isRunning()) {
            again(config, "it is out of it");
        } else if (clock - lastSeen > patience().toNanos()) {
            var leader = leading.orElseThrow();
            if (!ClusterMember.isReachable(leader.address(), REACHABLE_WITHIN)) {
                LOG.debug("coordinator {} leads, and its port {} cannot be reached", leader.id(), leader.address());
                return;
            }
            again(
                    config.withMember(leader.address()),
                    "it does not see the coordinator that leads, at " + leader.address());
        } else {
            return;
        }
        lastSeen = System.nanoTime();
    }

    private boolean sees(Coordinator leading) {
        return me.id().equals(leading.id())
                || members().stream().anyMatch(member -> member.node().id().equals(leading.id()));
    }

    private Duration patience() {
        var alone = me.role() != Role.COORDINATOR
                && members().stream().noneMatch(member -> member.node().role() == Role.COORDINATOR);
        return alone ? PATIENCE : PATIENCE_WITH_A_MERGE;
    }

    private void again(ClusterConfig wider, String why) {
        LOG.warn("joining cluster {} again: {}", config.name(), why);
        now.close();
        try {
            now = ClusterMember.join(wider, me);
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
