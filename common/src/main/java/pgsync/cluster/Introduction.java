package pgsync.cluster;

import pgsync.task.NodeId;

/**
 * What a node tells the others of itself, once, when it joins.
 *
 * @param http address of its HTTP server such as {@code http://10.0.0.5:8080}, empty when it has none
 */
public record Introduction(NodeId id, String name, Role role, String version, String http) {}
