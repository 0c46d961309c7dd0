package pgsync.remote;

import pgsync.cli.Engine;
import pgsync.config.Settings;
import pgsync.error.ClusterUnreachable;
import pgsync.error.Stopped;
import pgsync.event.RunEvents;
import pgsync.request.RunRequest;
import pgsync.task.RunId;
import pgsync.task.RunReport;
import pgsync.time.Pause;

/** {@code pgsync sync -cluster} and {@code pgsync verify -cluster}: a cluster does the work, with its own settings, and is watched until it is done. */
public final class RemoteEngine implements Engine {
    private final NodeUrls urls;
    private final boolean verify;
    private final Pause pause;

    /** {@code verify}: what is run compares and changes nothing. */
    public RemoteEngine(NodeUrls urls, boolean verify, Pause pause) {
        this.urls = urls;
        this.verify = verify;
        this.pause = pause;
    }

    @Override
    public RunReport sync(Settings settings, RunEvents events) {
        try (var cluster = new Cluster(urls, settings.http().token())) {
            var run = cluster.start(request(settings, verify));
            var watch = new RunWatch(cluster, run, events, pause);
            try {
                return watch.untilEnd();
            } catch (Stopped stop) {
                // The flag would stop the request to cancel too; whoever waits for us is told afterwards.
                var interrupted = Thread.interrupted();
                try {
                    return cancel(cluster, run, watch);
                } finally {
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        }
    }

    static RunRequest request(Settings settings, boolean verify) {
        var sync = settings.sync();
        var whole = sync.reconcile() ? RunRequest.Mode.RECONCILE : RunRequest.Mode.SYNC;
        return new RunRequest(sync.include(), sync.exclude(), verify ? RunRequest.Mode.VERIFY : whole, sync.dryRun());
    }

    private static RunReport cancel(Cluster cluster, RunId run, RunWatch watch) {
        try {
            cluster.cancel(run);
        } catch (ClusterUnreachable e) {
            throw new ClusterUnreachable(
                    "run %s goes on: it could not be cancelled, %s".formatted(run, e.getMessage()), e.remedy(), e);
        }
        return watch.untilCancelled();
    }
}
