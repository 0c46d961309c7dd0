package pgsync.coordinator.lead;

import pgsync.task.NodeId;

/** What this node sees of the cluster. Only for spreading work: who leads and who drives a run is asked of the target. */
public interface Neighbours {
    /** The node is on our side of the network. */
    boolean see(NodeId node);

    /** Of all coordinators on our side this one has been there longest. */
    boolean oldestHere();
}
