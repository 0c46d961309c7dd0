package pgsync.testground;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What people do in the shop of {@link SampleSchema}: new customers, orders and reviews, changed prices and states, cancelled orders. One
 * change is one thing that happens; an order with its items and payment is one. The seed fixes the choice, so one writer alone does the
 * same every time; several may work at once. Each instance belongs to one thread.
 */
public final class RandomChanges {
    private static final int LARGEST_TRANSACTION = 8;

    private final RandomGenerator chance;
    private final List<Change> changes =
            ChangeSql.ALL.stream().flatMap(Change::asOftenAsItHappens).toList();
    private final long seed;
    private long number;

    public RandomChanges(long seed) {
        this.chance = new SplittableRandom(seed);
        this.seed = seed;
    }

    /** Makes and commits n changes in transactions of one to eight each. Expects autocommit on, and leaves it so. */
    public void apply(Connection connection, int n) throws SQLException {
        for (var left = n; left > 0; ) {
            left -= transaction(connection, left);
        }
    }

    /** One transaction of at most {@code most} changes; returns how many, all committed. Nothing is changed when it throws. */
    int transaction(Connection connection, int most) throws SQLException {
        var size = Math.min(most, 1 + chance.nextInt(LARGEST_TRANSACTION));
        connection.setAutoCommit(false);
        try {
            for (var i = 0; i < size; i++) {
                one(connection);
            }
            connection.commit();
            return size;
        } catch (SQLException e) {
            if (!connection.isClosed()) {
                connection.rollback();
            }
            throw e;
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }

    private void one(Connection connection) throws SQLException {
        var change = changes.get(chance.nextInt(changes.size()));
        var where = chance.nextDouble();
        var what = chance.nextInt(1_000_000);
        number++;
        try (var statement = connection.createStatement()) {
            for (var sql : change.statements()) {
                statement.execute(sql.replace("$where", Double.toString(where))
                        .replace("$what", Integer.toString(what))
                        .replace("$name", seed + "-" + number + "-" + what));
            }
        }
    }

    /** {@code weight} of all weights together is how often it happens. */
    record Change(int weight, List<String> statements) {
        Change {
            statements = List.copyOf(statements);
        }

        Stream<Change> asOftenAsItHappens() {
            return Stream.generate(() -> this).limit(weight);
        }
    }
}
