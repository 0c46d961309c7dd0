package pgsync.testground;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A shop: 14 tables in schema {@code public} with the types and shapes that real schemas have, the same on all majors from 10 on.
 * Ten tables have a key and {@code updated_at} with an index; beside them {@code settings} and {@code product_tags} have no
 * timestamp, {@code audit_log} has no key, {@code events} is partitioned by range (on PostgreSQL 10 its key is on the
 * partitions only), {@code categories} refers to itself, and {@code order_items} has a key of two columns.
 */
public final class SampleSchema {
    private SampleSchema() {}

    /** The definitions: several statements in one text. */
    public static String sql() {
        return resource("shop.sql");
    }

    public static void create(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql());
        }
    }

    /**
     * Fills the empty tables: about six rows per order in all. The same number and seed give the same rows on any server, with
     * timestamps in 2025. Runs in the server, in one transaction when autocommit is on; 35,000 orders take a few seconds.
     */
    public static void fill(Connection connection, int orders, long seed) throws SQLException {
        if (orders < 1) {
            throw new IllegalArgumentException("at least one order, not " + orders);
        }
        try (var statement = connection.createStatement()) {
            statement.execute(resource("fill.sql")
                    .replace("$orders", Integer.toString(orders))
                    .replace("$seed", Long.toString(Math.floorMod(seed, 1_000_000L))));
        }
    }

    /** Creates the tables and fills them. */
    public static void createAndFill(TestServer server, String database, int orders, long seed) {
        try (var connection = server.connect(database)) {
            create(connection);
            fill(connection, orders, seed);
        } catch (SQLException e) {
            throw new GroundFailed("cannot make the sample in database " + database, e);
        }
    }

    private static String resource(String name) {
        try (var input = SampleSchema.class.getResourceAsStream(name)) {
            if (input == null) {
                throw new GroundFailed("not packaged: " + name);
            }
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new GroundFailed("cannot read " + name, e);
        }
    }
}
