package pgsync.cluster;

/** What a node is in the cluster. */
public enum Role {
    /** Holds a part of the queue and may lead. Starts alone when nobody else is there. */
    COORDINATOR,
    /** Works, holds nothing, never leads. Of no use without a coordinator. */
    WORKER
}
