package pgsync.cluster;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MemberAttributeConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.QueueConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import java.net.InetAddress;
import pgsync.config.ClusterConfig;

/** Turns our settings into Hazelcast's: one port, for members only, and everything off that we do not use. */
final class HazelcastSettings {
    /** Bounds the queue. The coordinator keeps far fewer ids in it: a few for each slot of a worker. */
    static final int MOST_WAITING = 4096;

    private static final MergePolicyConfig FORGET = new MergePolicyConfig(DiscardMergePolicy.class.getName(), 100);

    private HazelcastSettings() {}

    static Config of(ClusterConfig cluster, InetAddress bind, Introduction me) {
        var config = new Config();
        config.setClusterName(ClusterSecret.nameWith(cluster.name(), cluster.secret()));
        config.setLiteMember(me.role() == Role.WORKER);
        config.setMemberAttributeConfig(attributes(me));
        config.setAdvancedNetworkConfig(network(cluster));
        addBoard(config);
        listenAt(config, bind);
        noticeDeaths(config);
        switchOff(config);
        restrictJavaObjects(config);
        return config;
    }

    private static MemberAttributeConfig attributes(Introduction me) {
        var attributes = new MemberAttributeConfig();
        attributes.setAttribute(Attribute.ID, me.id().toString());
        attributes.setAttribute(Attribute.NAME, me.name());
        attributes.setAttribute(Attribute.ROLE, me.role().name());
        attributes.setAttribute(Attribute.VERSION, me.version());
        attributes.setAttribute(Attribute.HTTP, me.http());
        return attributes;
    }

    private static AdvancedNetworkConfig network(ClusterConfig cluster) {
        var endpoint = new ServerSocketEndpointConfig();
        endpoint.setPort(cluster.port()).setPortAutoIncrement(false).setReuseAddress(true);
        var network = new AdvancedNetworkConfig().setEnabled(true);
        network.setMemberEndpointConfig(endpoint);
        network.setJoin(join(cluster));
        return network;
    }

    private static JoinConfig join(ClusterConfig cluster) {
        var join = new JoinConfig();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        if (cluster.serviceDns() != null) {
            join.getTcpIpConfig().setEnabled(false);
            join.getKubernetesConfig()
                    .setEnabled(true)
                    .setProperty("service-dns", cluster.serviceDns())
                    .setProperty("service-port", String.valueOf(cluster.port()));
        } else {
            var members = join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(3);
            MemberAddress.all(cluster).forEach(address -> members.addMember(address.toString()));
        }
        return join;
    }

    // No backups and no merging: ids that get lost are published again by the coordinator, and locks are hints.
    private static void addBoard(Config config) {
        config.addQueueConfig(new QueueConfig(ClusterBoard.QUEUE)
                .setMaxSize(MOST_WAITING)
                .setBackupCount(0)
                .setStatisticsEnabled(false)
                .setMergePolicyConfig(FORGET));
        config.addMapConfig(new MapConfig(ClusterBoard.LOCKS)
                .setBackupCount(0)
                .setStatisticsEnabled(false)
                .setMergePolicyConfig(FORGET));
        config.getTopicConfig(ClusterBoard.CHANGES).setStatisticsEnabled(false);
        config.setProperty("hazelcast.partition.count", "31");
    }

    // Not by Hazelcast's list of interfaces: that also drops members given by a host name whose address is not in the
    // list.
    private static void listenAt(Config config, InetAddress bind) {
        config.setProperty("hazelcast.local.localAddress", bind.getHostAddress());
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.socket.server.bind.any", "false");
        config.setProperty("hazelcast.socket.client.bind.any", "false");
        config.setProperty("hazelcast.prefer.ipv4.stack", String.valueOf(bind.getAddress().length == 4));
    }

    private static void noticeDeaths(Config config) {
        // By default a member that falls silent is noticed after a minute, and a cluster that was split heals after
        // five.
        config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
        config.setProperty("hazelcast.max.no.heartbeat.seconds", "10");
        config.setProperty("hazelcast.merge.first.run.delay.seconds", "10");
        config.setProperty("hazelcast.merge.next.run.delay.seconds", "10");
        config.setProperty("hazelcast.operation.call.timeout.millis", "5000");
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        config.setProperty("hazelcast.max.join.seconds", "30");
        config.setProperty("hazelcast.graceful.shutdown.max.wait", "3");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
    }

    private static void switchOff(Config config) {
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.health.monitoring.level", "OFF");
        config.setProperty("hazelcast.slow.operation.detector.enabled", "false");
        config.setProperty("hazelcast.jmx", "false");
        config.getMetricsConfig().setEnabled(false);
        config.getJetConfig().setEnabled(false);
        config.getManagementCenterConfig()
                .setScriptingEnabled(false)
                .setConsoleEnabled(false)
                .setDataAccessEnabled(false);
    }

    // Ours are strings and longs, which Hazelcast writes in a form of its own. Java's form is left to what a member
    // answers when
    // an operation fails: exceptions with their stack traces. Everything else could be a trap for whoever reads it.
    private static void restrictJavaObjects(Config config) {
        var filter = new JavaSerializationFilterConfig().setDefaultsDisabled(true);
        filter.getBlacklist().addPrefixes("java.lang.invoke.", "java.lang.reflect.");
        filter.getWhitelist()
                .addPrefixes("java.lang.", "[Ljava.lang.", "com.hazelcast.core.", "com.hazelcast.spi.exception.")
                .addClasses(
                        "java.util.Collections$EmptyList",
                        "java.util.Collections$UnmodifiableList",
                        "java.util.Collections$UnmodifiableCollection",
                        "java.util.ArrayList",
                        "java.util.concurrent.CancellationException",
                        "java.util.concurrent.ExecutionException",
                        "java.util.concurrent.CompletionException",
                        "java.util.concurrent.TimeoutException",
                        "java.util.concurrent.RejectedExecutionException");
        config.getSerializationConfig().setJavaSerializationFilterConfig(filter);
    }

    /** Names of what members tell each other. */
    static final class Attribute {
        static final String ID = "pgsync.id";
        static final String NAME = "pgsync.name";
        static final String ROLE = "pgsync.role";
        static final String VERSION = "pgsync.version";
        static final String HTTP = "pgsync.http";

        private Attribute() {}
    }
}
