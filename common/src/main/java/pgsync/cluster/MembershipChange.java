package pgsync.cluster;

/** Somebody came or went, as this node sees it. A node that left may live on behind a network that was cut. */
public sealed interface MembershipChange {
    record Joined(ClusterNode member) implements MembershipChange {}

    record Left(ClusterNode member) implements MembershipChange {}
}
