package pgsync.connect;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.util.PSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pgsync.task.NodeId;

/** pgjdbc's options, made here and nowhere else. */
final class JdbcLine implements Dialer.Line<Connection> {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcLine.class);

    private final Driver driver = new Driver();
    private final NodeId node;

    JdbcLine(NodeId node) {
        this.node = node;
    }

    @Override
    public Connection open(Endpoint endpoint, Way way) throws Refusal, InterruptedException {
        try {
            var connection = driver.connect(url(endpoint, way), properties(endpoint, way));
            if (connection == null) {
                throw Refusal.unknown("pgjdbc does not take its own URL");
            }
            return connection;
        } catch (SQLException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw refusal(e, endpoint, way);
        } catch (RuntimeException e) { // so pgjdbc reports an interrupt while it waits for its login thread
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw Refusal.unknown(e.getClass().getSimpleName());
        }
    }

    @Override
    public ServerRole role(Connection connection) throws Refusal {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(ServerRole.SQL)) {
            if (!rows.next()) {
                throw Refusal.unknown("no answer to: is it a standby?");
            }
            return new ServerRole(rows.getBoolean(1), rows.getBoolean(2));
        } catch (SQLException e) {
            throw Refusal.byServer(
                    e.getSQLState() == null ? "08006" : e.getSQLState(), "cannot tell primary from standby");
        }
    }

    @Override
    public void pin(Connection connection) throws Refusal {
        try (var statement = connection.createStatement()) {
            statement.execute(SessionDefaults.PIN);
        } catch (SQLException e) {
            throw Refusal.byServer(
                    e.getSQLState() == null ? "08006" : e.getSQLState(), "cannot set what a session begins with");
        }
    }

    @Override
    public void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("closing a connection that was not wanted: {}", e.getSQLState());
        }
    }

    /** The host stands here for server name indication; where the socket goes, {@link JdbcSockets} decides. */
    private static String url(Endpoint endpoint, Way way) {
        var name = way.host().isUnix() ? "localhost" : way.host().name();
        var host = name.indexOf(':') >= 0 ? "[" + name + "]" : name;
        return "jdbc:postgresql://%s:%d/%s"
                .formatted(host, way.host().port(), URLEncoder.encode(endpoint.database(), StandardCharsets.UTF_8));
    }

    private Properties properties(Endpoint endpoint, Way way) {
        var properties = new Properties();
        properties.setProperty("user", endpoint.user());
        var password = way.host().password();
        // Empty rather than missing: then pgjdbc does not look into password files by rules of its own.
        properties.setProperty("password", password == null ? "" : password.reveal());
        properties.setProperty("ApplicationName", endpoint.applicationName(node));
        // Named statements break behind a pooler in transaction mode, and ours run once or twice.
        // Several statements in one message: a transaction begins with a dozen SET LOCAL, which is one round trip this
        // way. No
        // statement is ever prepared either, so a pooler in transaction mode may stand in between.
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("assumeMinServerVersion", "10");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("logServerErrorDetail", "false"); // DETAIL holds row values
        properties.setProperty("gssEncMode", "disable");
        var seconds = Long.toString(endpoint.connectTimeout().toSeconds());
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        if (endpoint.options() != null) {
            properties.setProperty("options", endpoint.options());
        }
        JdbcSockets.describe(way, properties);
        // What is verified, the factory decides; pgjdbc only has to encrypt, or not.
        properties.setProperty("sslmode", way.encrypted() ? "require" : "disable");
        if (way.encrypted()) {
            JdbcTls.describe(endpoint.tls(), way.host().name(), properties);
        }
        return properties;
    }

    private static Refusal refusal(SQLException e, Endpoint endpoint, Way way) {
        var said = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
        if (said != null && said.getSQLState() != null) {
            if (way.host().password() == null && said.getSQLState().equals("28P01")) {
                return Refusal.noPassword();
            }
            return Refusal.byServer(said.getSQLState(), String.valueOf(said.getMessage()));
        }
        var network = Refusal.byNetwork(e, way);
        if (network != null) {
            return network;
        }
        var state = String.valueOf(e.getSQLState());
        var text = String.valueOf(e.getMessage());
        if (way.encrypted() && text.contains("SSL")) {
            return Refusal.withoutTls();
        }
        if (state.equals("08004") && way.host().password() == null) {
            return Refusal.noPassword();
        }
        if (state.equals("08001")) {
            return Refusal.noAnswer(endpoint.connectTimeout());
        }
        return state.startsWith("08") ? Refusal.unreachable(text) : Refusal.unknown(text);
    }
}
