package pgsync.connect;

import io.vertx.core.Completable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.spi.ConnectionFactory;
import pgsync.task.NodeId;

/** The Vert.x driver, with each physical connection of a pool dialled by {@link Dialer} instead of from fixed options. */
final class DialledDriver extends PgDriver {
    private final Dialer dialer;
    private final Side side;
    private final Endpoint endpoint;
    private final NodeId node;

    DialledDriver(Dialer dialer, Side side, Endpoint endpoint, NodeId node) {
        this.dialer = dialer;
        this.side = side;
        this.endpoint = endpoint;
        this.node = node;
    }

    @Override
    public ConnectionFactory<PgConnectOptions> createConnectionFactory(Vertx vertx, NetClientOptions transportOptions) {
        return new DialledConnections(super.createConnectionFactory(vertx, transportOptions));
    }

    private final class DialledConnections implements ConnectionFactory<PgConnectOptions> {
        private final ConnectionFactory<PgConnectOptions> real;

        DialledConnections(ConnectionFactory<PgConnectOptions> real) {
            this.real = real;
        }

        @Override
        public Future<SqlConnection> connect(Context context, PgConnectOptions ignored) {
            Promise<SqlConnection> promise = Promise.promise();
            Thread.ofVirtual().name("dial " + side.label()).start(() -> {
                try {
                    var connection = dialer.dial(side, endpoint, new PoolLine(real, context, node));
                    promise.complete(connection);
                } catch (RuntimeException
                        | Error e) { // an adapter's duty: whoever waits for the pool must hear of anything
                    promise.fail(e);
                }
            });
            // Back to the pool's own context, which owns its state.
            Promise<SqlConnection> onContext = ((io.vertx.core.internal.ContextInternal) context).promise();
            promise.future().onComplete(onContext);
            return onContext.future();
        }

        @Override
        public void close(Completable<Void> completion) {
            real.close(completion);
        }
    }
}
