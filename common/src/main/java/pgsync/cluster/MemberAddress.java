package pgsync.cluster;

import java.util.List;
import pgsync.config.ClusterConfig;

/** An entry of {@code cluster.members}, with the port of this node where it names none. */
record MemberAddress(String host, int port) {
    static List<MemberAddress> all(ClusterConfig cluster) {
        return cluster.members().stream()
                .map(entry -> of(entry, cluster.port()))
                .distinct()
                .toList();
    }

    /** {@code host}, {@code host:port}, {@code [v6]}, {@code [v6]:port} or a bare IPv6 address. */
    static MemberAddress of(String entry, int port) {
        var bracket = entry.indexOf(']');
        if (entry.startsWith("[") && bracket > 0) {
            var rest = entry.substring(bracket + 1);
            return new MemberAddress(
                    entry.substring(1, bracket), rest.startsWith(":") ? Integer.parseInt(rest.substring(1)) : port);
        }
        var colon = entry.indexOf(':');
        if (colon < 0 || colon != entry.lastIndexOf(':')) {
            return new MemberAddress(entry, port);
        }
        return new MemberAddress(entry.substring(0, colon), Integer.parseInt(entry.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[%s]:%d".formatted(host, port) : host + ":" + port;
    }
}
