package pgsync.node;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.sql.Step;
import pgsync.time.Pause;

/** Says each second, on a connection of its own, that this process lives. Owns one virtual thread between start and close. */
public final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** A connection that was cut says nothing for minutes; the next beat goes over another one, before the lease runs out. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Connections that a heartbeat wants for itself: one, and others while that one does not answer. */
    public static final int CONNECTIONS = 3;

    /** Enters the list, or says again that we live; whoever cleared the list meanwhile is no reason to look dead. */
    private static final String BEAT = """
            insert into pgsync.node (id, name, role, version, address, cluster, slots, http, source_identity, note)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict (id) do update set heartbeat = clock_timestamp(), note = excluded.note
            """;

    private static final String LEAVE = "delete from pgsync.node where id = $1";

    private final Pool own;
    private final Presence presence;
    private final Thread thread;
    private volatile @Nullable String note;

    private Heartbeat(Pool own, Presence presence, Pause pause) {
        this.own = own;
        this.presence = presence;
        this.thread = Thread.ofVirtual().name("heartbeat").unstarted(() -> beatUntilInterrupted(pause));
    }

    /** {@code own} is a pool of {@link #CONNECTIONS} that nobody else uses, so that a busy pool never makes us look dead. */
    public static Heartbeat start(Pool own, Presence presence, Pause pause) {
        var heartbeat = new Heartbeat(own, presence, pause);
        Step.await("heartbeat", heartbeat::said);
        heartbeat.thread.start();
        return heartbeat;
    }

    /** Says from the next beat on why this node does no work, null when it does. */
    public void note(@Nullable String reason) {
        note = reason;
    }

    private void beatUntilInterrupted(Pause pause) {
        try {
            while (true) {
                pause.sleep(INTERVAL);
                beat();
            }
        } catch (InterruptedException | Stopped stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        try {
            Step.await("heartbeat", () -> said().timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (StepFailed e) {
            // Others take our tasks over after the lease; the fence keeps us from writing. So we only say it and try
            // again.
            LOG.warn("heartbeat failed: {}", e.getMessage());
        }
    }

    private Future<RowSet<Row>> said() {
        var row = Tuple.of(
                        presence.node().value(),
                        presence.name(),
                        presence.role(),
                        presence.version(),
                        presence.address(),
                        presence.cluster())
                .addValue(presence.slots())
                .addValue(presence.http())
                .addValue(presence.sourceIdentity())
                .addValue(note);
        return own.preparedQuery(BEAT).execute(row);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
            Step.await(
                    "leave the list of nodes",
                    () -> own.preparedQuery(LEAVE)
                            .execute(Tuple.of(presence.node().value()))
                            .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StepFailed e) {
            LOG.debug("could not leave the list of nodes: {}", e.getMessage());
        }
    }
}
