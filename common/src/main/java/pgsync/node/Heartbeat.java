package pgsync.node;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.sql.Step;
import pgsync.task.NodeId;
import pgsync.time.Pause;

/** Says each second, on a connection of its own, that this process lives. Owns one virtual thread between start and close. */
public final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final String ENTER = """
            insert into pgsync.node (id, name, role, version, address) values ($1, $2, $3, $4, $5)
            on conflict (id) do update set heartbeat = clock_timestamp()
            """;
    private static final String BEAT = "update pgsync.node set heartbeat = clock_timestamp() where id = $1";
    private static final String LEAVE = "delete from pgsync.node where id = $1";

    private final Pool own;
    private final NodeId me;
    private final Thread thread;

    private Heartbeat(Pool own, NodeId me, Pause pause) {
        this.own = own;
        this.me = me;
        this.thread = Thread.ofVirtual().name("heartbeat").unstarted(() -> beatUntilInterrupted(pause));
    }

    /** {@code own} is a pool of one connection that nobody else uses, so that a busy pool never makes us look dead. */
    public static Heartbeat start(Pool own, NodeId me, String name, String role, String version, Pause pause) {
        Step.await(
                "enter the list of nodes",
                () -> own.preparedQuery(ENTER).execute(Tuple.of(me.value(), name, role, version, null)));
        var heartbeat = new Heartbeat(own, me, pause);
        heartbeat.thread.start();
        return heartbeat;
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
            Step.await("heartbeat", () -> own.preparedQuery(BEAT).execute(Tuple.of(me.value())));
        } catch (StepFailed e) {
            // Others take our tasks over after the lease; the fence keeps us from writing. So we only say it and try
            // again.
            LOG.warn("heartbeat failed: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
            Step.await("leave the list of nodes", () -> own.preparedQuery(LEAVE).execute(Tuple.of(me.value())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StepFailed e) {
            LOG.debug("could not leave the list of nodes: {}", e.getMessage());
        }
    }
}
