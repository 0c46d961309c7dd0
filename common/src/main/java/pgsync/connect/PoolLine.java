package pgsync.connect;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import pgsync.task.NodeId;

/** The Vert.x client's options, made here and nowhere else; one for each physical connection, which stays on its context. */
final class PoolLine implements Dialer.Line<SqlConnection> {
    private final ConnectionFactory<PgConnectOptions> factory;
    private final Context context;
    private final NodeId node;

    PoolLine(ConnectionFactory<PgConnectOptions> factory, Context context, NodeId node) {
        this.factory = factory;
        this.context = context;
        this.node = node;
    }

    @Override
    public SqlConnection open(Endpoint endpoint, Way way) throws Refusal, InterruptedException {
        PgConnectOptions options;
        @Nullable Trust trust;
        try {
            trust = way.encrypted() ? Trust.of(endpoint.tls(), way.host().name()) : null;
            options = options(endpoint, way, trust);
        } catch (GeneralSecurityException e) {
            throw Refusal.tls(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw Refusal.tls("cannot read " + e.getMessage());
        }
        var opening = factory.connect(context, options);
        try {
            return await(opening, endpoint);
        } catch (PgException e) {
            if (way.host().password() == null && "28P01".equals(e.getSqlState())) {
                throw Refusal.noPassword();
            }
            throw Refusal.byServer(e.getSqlState(), e.getErrorMessage());
        } catch (TimeoutException e) {
            closeWhenOpen(opening);
            throw Refusal.noAnswer(endpoint.connectTimeout());
        } catch (InterruptedException e) {
            closeWhenOpen(opening);
            throw e;
        } catch (Exception e) {
            var objection = trust == null ? null : trust.objection();
            throw objection == null ? refusal(e, way) : Refusal.tls(objection);
        }
    }

    private static <T> T await(Future<T> future, Endpoint endpoint) throws Exception {
        var limit = endpoint.connectTimeout();
        return limit.isZero() ? future.await() : future.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Refusal refusal(Exception e, Way way) {
        var network = Refusal.byNetwork(e, way);
        if (network != null) {
            return network;
        }
        var text = String.valueOf(e.getMessage());
        if (text.contains("does not handle SSL")) {
            return Refusal.withoutTls();
        }
        if (text.contains("SSL")) {
            return Refusal.tls(text);
        }
        if (e instanceof io.vertx.core.VertxException || text.contains("closed")) {
            return Refusal.unreachable("the server closed the connection");
        }
        return way.host().password() == null
                ? Refusal.noPassword()
                : Refusal.unknown(e.getClass().getSimpleName());
    }

    @Override
    public ServerRole role(SqlConnection connection) throws Refusal, InterruptedException {
        var row = ask(connection, ServerRole.SQL).iterator().next();
        return new ServerRole(row.getBoolean(0), row.getBoolean(1));
    }

    @Override
    public void pin(SqlConnection connection) throws Refusal, InterruptedException {
        ask(connection, SessionDefaults.PIN);
    }

    private static RowSet<Row> ask(SqlConnection connection, String sql) throws Refusal, InterruptedException {
        try {
            return connection.query(sql).execute().await();
        } catch (PgException e) {
            throw Refusal.byServer(e.getSqlState(), e.getErrorMessage());
        } catch (Exception e) { // await throws InterruptedException without declaring it
            if (e instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw Refusal.unreachable("the connection was lost right after login");
        }
    }

    private void closeWhenOpen(Future<SqlConnection> late) {
        late.onComplete(done -> {
            if (done.succeeded()) {
                close(done.result());
            }
        });
    }

    @Override
    public void close(SqlConnection connection) {
        connection.close().onFailure(e -> {}); // nobody has used it, so nothing is lost
    }

    private PgConnectOptions options(Endpoint endpoint, Way way, @Nullable Trust trust)
            throws IOException, GeneralSecurityException {
        var host = way.host();
        var options = new Dialled(way);
        options.setHost(host.name())
                .setPort(host.port())
                .setDatabase(endpoint.database())
                .setUser(endpoint.user())
                .setPassword(host.password() == null ? "" : host.password().reveal())
                .setReconnectAttempts(0)
                .setUseLayer7Proxy(true)
                .setSslMode(way.encrypted() ? SslMode.REQUIRE : SslMode.DISABLE)
                .addProperty("application_name", endpoint.applicationName(node));
        // The client's own default; PgBouncer refuses what it does not keep track of, and we read no floating point
        // numbers.
        options.getProperties().remove("extra_float_digits");
        if (endpoint.options() != null) {
            options.addProperty("options", endpoint.options());
        }
        if (trust != null) {
            options.setSslOptions(tls(endpoint.tls(), trust));
        }
        return options;
    }

    private static ClientSSLOptions tls(Tls tls, Trust trust) throws IOException, GeneralSecurityException {
        var options = new ClientSSLOptions();
        options.setHostnameVerificationAlgorithm(""); // Trust checks the name, by libpq's rules
        options.setTrustOptions(TrustOptions.wrap(trust));
        var key = ClientKey.of(tls);
        if (key != null) {
            options.setKeyCertOptions(KeyCertOptions.wrap(key));
        }
        return options;
    }

    /** Options that go to the one address that the dialling decided on, and still know the host's name. */
    private static final class Dialled extends PgConnectOptions {
        private final Way way;

        Dialled(Way way) {
            this.way = way;
        }

        @Override
        public SocketAddress getSocketAddress() {
            var address = way.address();
            return address == null
                    ? SocketAddress.domainSocketAddress(way.host().socketFile())
                    : SocketAddress.inetSocketAddress(
                            new InetSocketAddress(address, way.host().port()));
        }

        @Override
        public boolean isUsingDomainSocket() {
            return way.address() == null;
        }
    }
}
