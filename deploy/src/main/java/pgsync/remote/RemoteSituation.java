package pgsync.remote;

import pgsync.cli.Situations;
import pgsync.cli.output.Situation;
import pgsync.config.Settings;

/** How a cluster stands, as one of its nodes says. */
public final class RemoteSituation implements Situations.Look {
    private final Cluster cluster;

    private RemoteSituation(Cluster cluster) {
        this.cluster = cluster;
    }

    public static Situations.Look open(Settings settings, NodeUrls urls) {
        return new RemoteSituation(new Cluster(urls, settings.http().token()));
    }

    @Override
    public Situations.Seen now() {
        var members = cluster.members();
        return new Situations.Seen.Stands(new Situation(
                members.cluster(),
                members.coordinator(),
                members.members(),
                cluster.runs(Situations.RUNS),
                cluster.failedTables(Situations.FAILED),
                cluster.tablesBehind(Situations.BEHIND)));
    }

    @Override
    public void close() {
        cluster.close();
    }
}
