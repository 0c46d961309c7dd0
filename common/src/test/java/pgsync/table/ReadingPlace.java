package pgsync.table;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.util.List;
import java.util.Objects;
import pgsync.sql.Step;
import pgsync.task.TableName;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;

/** A fresh database of one major, and its catalogue as {@link CatalogReader} sees it. */
final class ReadingPlace implements AutoCloseable {
    private final TestServer server;
    final String database;
    private final Vertx vertx = Vertx.vertx();

    ReadingPlace(int major, String... statements) {
        this.server = TestServers.shared(major);
        this.database = server.freshDatabase("catalog");
        server.sql(database, statements);
    }

    /** In a database that is made anew with these options of CREATE DATABASE. */
    static ReadingPlace with(String options, int major) {
        var place = new ReadingPlace(major);
        place.server.dropDatabase(place.database);
        place.server.sql(
                TestServer.USER,
                "create database \"%s\" template template0 encoding 'UTF8' %s".formatted(place.database, options));
        return place;
    }

    void sql(String... statements) {
        server.sql(database, statements);
    }

    TestServer server() {
        return server;
    }

    Catalog read(String... schemas) {
        return readAs(TestServer.USER, TestServer.PASSWORD, schemas);
    }

    Catalog readAs(String user, String password, String... schemas) {
        var connection = connect(user, password);
        try {
            return CatalogReader.readTarget(connection, List.of(schemas));
        } finally {
            Step.await("close", connection::close);
        }
    }

    PgConnection connect(String user, String password) {
        var options = new PgConnectOptions()
                .setHost(server.host())
                .setPort(server.port())
                .setDatabase(database)
                .setUser(user)
                .setPassword(password);
        return Step.await("connect", () -> PgConnection.connect(vertx, options));
    }

    static TableShape table(Catalog catalog, String table) {
        return Objects.requireNonNull(catalog.tables().get(new TableName("public", table)), table);
    }

    static Column column(TableShape table, String name) {
        return table.column(name).orElseThrow();
    }

    @Override
    public void close() {
        Step.await("close", vertx::close);
        server.dropDatabase(database);
    }
}
