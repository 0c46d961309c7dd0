package pgsync.testground;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread that keeps changing a shop with {@link RandomChanges} until it is stopped. It goes on when its transaction loses
 * against another one or the server restarts; anything else ends it and is thrown by {@link #stop}.
 */
public final class Writer implements AutoCloseable {
    private static final Duration BEFORE_CONNECTING_AGAIN = Duration.ofMillis(50);
    private static final int LARGEST_TRANSACTION = 8;

    private final TestServer server;
    private final String database;
    private final Duration pause;
    private final RandomChanges changes;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicLong made = new AtomicLong();
    private final Thread thread;
    private volatile @Nullable SQLException failure;

    private Writer(TestServer server, String database, long seed, Duration pause) {
        this.server = server;
        this.database = database;
        this.pause = pause;
        this.changes = new RandomChanges(seed);
        this.thread = Thread.ofVirtual().name("writer-" + seed).unstarted(this::run);
    }

    /** As fast as the server takes it. */
    public static Writer start(TestServer server, String database, long seed) {
        return start(server, database, seed, Duration.ZERO);
    }

    /** With a pause after each transaction. */
    public static Writer start(TestServer server, String database, long seed, Duration pause) {
        var writer = new Writer(server, database, seed, pause);
        writer.thread.start();
        return writer;
    }

    /** How many changes have been committed so far. */
    public long changes() {
        return made.get();
    }

    /** Waits until at least so many changes have been committed in all. Throws when the writer has failed before. */
    public void awaitChanges(long atLeast) {
        try {
            while (made.get() < atLeast) {
                if (thread.join(Duration.ofMillis(5))) {
                    stop();
                    throw new GroundFailed("the writer was stopped after %d changes".formatted(made.get()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GroundFailed("interrupted while waiting for the writer", e);
        }
    }

    /** Waits for the transaction that runs, then returns how many changes were committed. */
    public long stop() {
        stopping.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GroundFailed("interrupted while the writer ends", e);
        }
        var cause = failure;
        if (cause != null) {
            throw new GroundFailed("the writer of database " + database + " failed", cause);
        }
        return made.get();
    }

    @Override
    public void close() {
        stop();
    }

    private void run() {
        try {
            while (!stopsAfter(Duration.ZERO)) {
                try (var connection = server.connect(database)) {
                    write(connection);
                } catch (SQLException e) {
                    if (!isConnectionLost(e)) {
                        failure = e;
                        return;
                    }
                    if (stopsAfter(BEFORE_CONNECTING_AGAIN)) {
                        return;
                    }
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Connection connection) throws SQLException, InterruptedException {
        do {
            try {
                made.addAndGet(changes.transaction(connection, LARGEST_TRANSACTION));
            } catch (SQLException e) {
                if (!isLostAgainstAnother(e)) {
                    throw e;
                }
            }
        } while (!stopsAfter(pause));
    }

    private boolean stopsAfter(Duration wait) throws InterruptedException {
        return stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Deadlock or serialization failure, a row that another writer has just removed or made, or no row left to choose. */
    private static boolean isLostAgainstAnother(SQLException e) {
        var state = stateOf(e);
        return state.startsWith("40") || state.startsWith("23");
    }

    private static boolean isConnectionLost(SQLException e) {
        var state = stateOf(e);
        return state.startsWith("08") || state.startsWith("57P");
    }

    private static String stateOf(SQLException e) {
        var state = e.getSQLState();
        return state == null ? "" : state;
    }
}
