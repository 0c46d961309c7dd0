package pgsync.http;

import java.util.List;
import java.util.Optional;
import pgsync.cluster.ClusterNode;
import pgsync.task.NodeId;

/** The process that a server speaks for, as it sees itself and the cluster now. Asked from many threads; answers at once. */
public interface NodeView {
    /** Name of the cluster. */
    String cluster();

    NodeId me();

    String name();

    /** {@code coordinator} or {@code worker}. */
    String role();

    String version();

    /** Who leads, by what this node sees; empty while nobody does. */
    Optional<NodeId> coordinator();

    /** Oldest first; empty before the cluster is joined and after it was left. */
    List<ClusterNode> members();

    /** Empty when this node does its work, otherwise why not. */
    Optional<String> notReady();

    /** Ids of tasks that wait on the board. */
    int queueDepth();
}
