package pgsync.cluster;

/**
 * A member as this node sees it now; another node may see other ones for a while.
 *
 * @param address {@code host:port} at which the other members reach it
 */
public record ClusterNode(Introduction node, String address) {}
