package pgsync.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.cluster.Joiner;
import com.hazelcast.internal.cluster.impl.TcpIpJoiner;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Notes who refused to let us in. A member with another cluster name, and so with another secret, answers a request to join with
 * a refusal; Hazelcast then starts alone and says nothing but a line in its log. The only place that sees the refusal is the list
 * of addresses that are not asked again, and that is emptied at the end of joining. Used from Hazelcast's threads and ours.
 */
final class Reception extends DefaultNodeContext {
    private final boolean byAddress;
    private final Set<String> refusedBy = ConcurrentHashMap.newKeySet();

    /** {@code byAddress} is false where Kubernetes says who the members are: refusals are not noted there. */
    Reception(boolean byAddress) {
        this.byAddress = byAddress;
    }

    @Override
    public Joiner createJoiner(Node node) {
        return byAddress ? new NotingJoiner(node) : super.createJoiner(node);
    }

    boolean wasRefused() {
        return !refusedBy.isEmpty();
    }

    /** {@code host:port}, sorted. */
    String refusedBy() {
        return new TreeSet<>(refusedBy).stream().collect(Collectors.joining(", "));
    }

    private final class NotingJoiner extends TcpIpJoiner {
        NotingJoiner(Node node) {
            super(node);
        }

        @Override
        public void blacklist(Address address, boolean permanent) {
            // For good: refused. For now: nobody answers there.
            if (permanent) {
                refusedBy.add(address.getHost() + ":" + address.getPort());
            }
            super.blacklist(address, permanent);
        }
    }
}
