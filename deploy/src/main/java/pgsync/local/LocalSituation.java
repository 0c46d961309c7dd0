package pgsync.local;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import pgsync.cli.Situations;
import pgsync.cli.output.Situation;
import pgsync.config.Settings;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.connect.Surroundings;
import pgsync.connect.VertxWithoutFiles;
import pgsync.error.Refused;
import pgsync.state.StateSchema;
import pgsync.status.NodeStatus;
import pgsync.status.Status;
import pgsync.status.TableQuery;
import pgsync.task.NodeId;
import pgsync.time.Pause;

/** How a cluster stands by what its nodes wrote into the target. */
public final class LocalSituation implements Situations.Look {
    /** The first version of the schema that knows of clusters. */
    private static final int CLUSTERS_KNOWN = 2;

    private final Vertx vertx;
    private final Connector connector;
    private final Pool target;
    private final String cluster;

    private LocalSituation(Vertx vertx, Connector connector, Pool target, String cluster) {
        this.vertx = vertx;
        this.connector = connector;
        this.target = target;
        this.cluster = cluster;
    }

    public static Situations.Look open(Settings settings, Surroundings around) {
        var endpoint = Endpoint.parse(Side.TARGET, settings.requiredTarget().reveal(), around);
        var vertx = VertxWithoutFiles.start();
        var connector = new Connector(vertx, new NodeId(UUID.randomUUID()), Pause.real());
        return new LocalSituation(
                vertx,
                connector,
                connector.pool(Side.TARGET, endpoint, 1),
                settings.cluster().name());
    }

    @Override
    public Situations.Seen now() {
        var version = StateSchema.version(target);
        if (version == 0) {
            return new Situations.Seen.NeverUsed();
        }
        if (version < CLUSTERS_KNOWN) {
            throw new Refused(
                    "schema pgsync of the target was made by an older pgsync",
                    "run this one once: it brings it up to date");
        }
        var status = new Status(target);
        var nodes = status.nodes(cluster);
        return new Situations.Seen.Stands(new Situation(
                cluster,
                leader(nodes),
                nodes.stream().map(LocalSituation::member).toList(),
                status.runs(Situations.RUNS),
                status.tables(new TableQuery(
                        null, TableQuery.State.FAILED, TableQuery.Sort.NAME, false, Situations.FAILED, 0)),
                status.tables(new TableQuery(null, null, TableQuery.Sort.LAG, true, Situations.BEHIND, 0))
                        .items()));
    }

    /** By the rule of the nodes themselves: the one that is there longest, of those that may lead and live. */
    private static @Nullable NodeId leader(List<NodeStatus> nodes) {
        return nodes.stream()
                .filter(n -> n.alive() && n.role().equals("coordinator"))
                .map(NodeStatus::id)
                .findFirst()
                .orElse(null);
    }

    private static Situation.Member member(NodeStatus n) {
        return new Situation.Member(
                n.id(),
                n.name(),
                n.role(),
                n.address(),
                n.http(),
                n.version(),
                n.heartbeatAgeMs(),
                n.tasks(),
                n.slots(),
                n.note(),
                n.alive());
    }

    @Override
    public void close() {
        connector.close();
        var closing = vertx.close();
        closing.onFailure(e -> {});
    }
}
