package pgsync.testground;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A running PostgreSQL with the superuser {@code postgres}, which needs no password from this machine; other roles need theirs. It
 * ends with {@link #close} or with this JVM. Safe from any thread.
 */
public final class TestServer implements AutoCloseable {
    public static final String USER = "postgres";
    public static final String PASSWORD = "secret";

    private final Engine engine;
    private final int major;
    private final boolean shared;
    private final AtomicInteger databases = new AtomicInteger();

    TestServer(Engine engine, int major, boolean shared) {
        this.engine = engine;
        this.major = major;
        this.shared = shared;
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return engine.port();
    }

    public int major() {
        return major;
    }

    /** {@code postgres://postgres:secret@127.0.0.1:port/database}. */
    public String url(String database) {
        return url(database, USER, PASSWORD);
    }

    public String url(String database, String user, String password) {
        return "postgres://%s:%s@%s:%d/%s"
                .formatted(encoded(user), encoded(password), host(), port(), encoded(database));
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** {@code jdbc:postgresql://127.0.0.1:port/database}, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(host(), port(), encoded(database));
    }

    public void createDatabase(String name) {
        sql(USER, "create database " + quoted(name));
    }

    /** Makes an empty database {@code <prefix>_<number>} which no other test of this JVM has, and returns its name. */
    public String freshDatabase(String prefix) {
        var name = prefix + "_" + databases.incrementAndGet();
        createDatabase(name);
        return name;
    }

    /** Throws out who is connected, then drops. Does nothing when there is no such database. */
    public void dropDatabase(String name) {
        if (major >= 13) {
            sql(USER, "drop database if exists " + quoted(name) + " with (force)");
            return;
        }
        if (count(USER, "select count(*) from pg_database where datname = " + literal(name)) == 0) {
            return;
        }
        sql(
                USER,
                "alter database " + quoted(name) + " allow_connections false",
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = " + literal(name),
                // drop database itself waits five seconds for those who are about to leave
                "drop database " + quoted(name));
    }

    /** A connection of the superuser, with autocommit on. */
    public Connection connect(String database) throws SQLException {
        return connect(database, USER, PASSWORD);
    }

    public Connection connect(String database, String user, String password) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "testground");
        return DriverManager.getConnection(jdbcUrl(database), properties);
    }

    /** Runs the statements one after the other, each in a transaction of its own; a text may hold several. */
    public void sql(String database, String... statements) {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            for (var text : statements) {
                statement.execute(text);
            }
        } catch (SQLException e) {
            throw new GroundFailed("in database " + database, e);
        }
    }

    /** The first column of the one row of a query, as a number. */
    public long count(String database, String query) {
        var value = value(database, query);
        if (value == null) {
            throw new GroundFailed("null instead of a number: " + query);
        }
        return Long.parseLong(value);
    }

    /** The number of rows of a table, with the name as SQL writes it. */
    public long rows(String database, String table) {
        return count(database, "select count(*) from " + table);
    }

    /** The first column of the one row of a query in text form. */
    public @Nullable String value(String database, String query) {
        var rows = column(database, query);
        if (rows.size() != 1) {
            throw new GroundFailed("%d rows instead of one: %s".formatted(rows.size(), query));
        }
        return rows.get(0);
    }

    /** The first column of all rows of a query in text form, in the order of the query. */
    public List<@Nullable String> column(String database, String query) {
        try (var connection = connect(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var values = new ArrayList<@Nullable String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new GroundFailed("in database " + database, e);
        }
    }

    /**
     * As a crash: open connections are reset and there is no checkpoint, so the next start recovers from the log. What was committed
     * is there again.
     */
    public void stopImmediately() {
        refuseWhenShared("stopped");
        engine.stopImmediately();
    }

    /** A hot standby of this server that follows it by streaming. Embedded servers from 15 on only; to be closed. */
    public TestServer standby(Map<String, String> settings) {
        if (!(engine instanceof EmbeddedEngine primary) || major < 15) {
            throw new GroundFailed("no standby of " + this);
        }
        try (var connection = connect(USER);
                var statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('standby', true)");
            return new TestServer(
                    EmbeddedEngine.standbyOf(primary, () -> endOfBackup(statement), settings), major, false);
        } catch (SQLException e) {
            throw new GroundFailed("cannot begin a backup", e);
        }
    }

    private static String endOfBackup(Statement statement) {
        try (var rows = statement.executeQuery("select labelfile from pg_backup_stop(wait_for_archive => false)")) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new GroundFailed("cannot end the backup", e);
        }
    }

    /** Starts again on the same data directory and port, after an orderly stop if it still runs. */
    public void restart() {
        refuseWhenShared("restarted");
        engine.restart();
    }

    public Path dataDirectory() {
        return engine.dataDirectory();
    }

    /** What the server has logged so far. */
    public String log() {
        return engine.log();
    }

    private void refuseWhenShared(String what) {
        if (shared) {
            throw new GroundFailed("other tests use this server: only one from TestServers.start may be " + what);
        }
    }

    /** Stops the server and deletes its data. A shared server goes on. */
    @Override
    public void close() {
        if (!shared) {
            engine.close();
        }
    }

    /** An identifier as SQL writes it. */
    public static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    @Override
    public String toString() {
        return "PostgreSQL %d on %s:%d".formatted(major, host(), port());
    }
}
