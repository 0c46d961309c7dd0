package pgsync.connect;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.task.NodeId;
import pgsync.time.Pause;

/**
 * Makes every connection of a node. Each carries the node's application name, and behind it the one of its connection string. A
 * server that cannot be reached, is starting or is full is tried again for about {@link #PATIENCE}; what waiting cannot mend fails
 * at once with {@link StepFailed}, whose text names side, server and PostgreSQL's own words, and never a password. Closing closes
 * the pools and ends what is being dialled, with {@link Stopped}; a session is its caller's.
 */
public final class Connector implements AutoCloseable {
    /** How long a connection is tried for, pauses and attempts together. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long a statement may wait for a free connection of a pool before something is wrong. Longer than any dialling. */
    private static final Duration POOL_WAIT = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final NodeId node;
    private final Dialer dialer;
    private final JdbcLine sessions;
    private final List<Pool> pools = new CopyOnWriteArrayList<>();

    public Connector(Vertx vertx, NodeId node, Pause pause) {
        this(vertx, node, pause, PATIENCE, RandomGenerator.getDefault());
    }

    /** With another patience and source of jitter. {@code Duration.ZERO} never tries twice. */
    public Connector(Vertx vertx, NodeId node, Pause pause, Duration patience, RandomGenerator random) {
        this.vertx = vertx;
        this.node = node;
        this.dialer = new Dialer(pause, patience, random);
        this.sessions = new JdbcLine(node);
    }

    /**
     * A pool of the Vert.x client; connects when first used, so failures come from its futures, as {@link StepFailed} or
     * {@link Stopped}.
     */
    public Pool pool(Side side, Endpoint endpoint, int maxSize) {
        var driver = new DialledDriver(dialer, side, endpoint, node);
        var pool = ClientBuilder.pool(driver)
                .using(vertx)
                .with(new PoolOptions()
                        .setMaxSize(maxSize)
                        .setConnectionTimeout((int) POOL_WAIT.toSeconds())
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS))
                .with(transport(endpoint))
                .connectingTo(() -> Future.succeededFuture(new PgConnectOptions())) // the driver dials by the endpoint
                .build();
        pools.add(pool);
        return pool;
    }

    private static NetClientOptions transport(Endpoint endpoint) {
        return new NetClientOptions().setTcpKeepAlive(true).setConnectTimeout((int)
                endpoint.connectTimeout().toMillis());
    }

    /** A session of pgjdbc in autocommit; unwraps to {@code PGConnection}. Blocks: call on a virtual thread. */
    public Connection session(Side side, Endpoint endpoint) {
        return dialer.dial(side, endpoint, sessions);
    }

    @Override
    public void close() {
        dialer.close();
        pools.forEach(pool -> pool.close().onFailure(e -> {})); // it was being given up anyway
        pools.clear();
    }
}
