package pgsync.http;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import pgsync.cluster.ClusterNode;
import pgsync.cluster.Introduction;
import pgsync.cluster.Role;
import pgsync.task.NodeId;

/** A node that is whatever the test says. */
final class FakeNode implements NodeView {
    final NodeId id = new NodeId(UUID.randomUUID());
    final List<ClusterNode> members = new CopyOnWriteArrayList<>();
    volatile Optional<String> notReady = Optional.empty();

    FakeNode() {
        members.add(member(id, "first", Role.COORDINATOR));
    }

    static ClusterNode member(NodeId id, String name, Role role) {
        return new ClusterNode(new Introduction(id, name, role, "1.0", "http://10.0.0.1:8080"), "10.0.0.1:5701");
    }

    @Override
    public String cluster() {
        return "test";
    }

    @Override
    public NodeId me() {
        return id;
    }

    @Override
    public String name() {
        return "first";
    }

    @Override
    public String role() {
        return "coordinator";
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public Optional<NodeId> coordinator() {
        return Optional.of(id);
    }

    @Override
    public List<ClusterNode> members() {
        return members;
    }

    @Override
    public Optional<String> notReady() {
        return notReady;
    }

    @Override
    public int queueDepth() {
        return 7;
    }
}
