package pgsync.coordinator.moment;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.sql.Step;

/**
 * Horizon and exported snapshot of one run. Holds a REPEATABLE READ transaction open until it is closed, so that every worker can
 * read what the source was at one instant; that holds back VACUUM on the source as long.
 */
public final class SourceMoment implements AutoCloseable {
    private static final String BEGIN = """
            begin isolation level repeatable read read only;
            set local idle_in_transaction_session_timeout = 0;
            set local statement_timeout = 0;
            set local tcp_keepalives_idle = 15;
            set local tcp_keepalives_interval = 5;
            set local tcp_keepalives_count = 3;
            """;
    /** Whoever wonders in pg_stat_activity why this session is idle in a transaction reads it there. */
    private static final String PING = "select 1 /* holds the snapshot of pg_export_snapshot() for a run of pgsync */";

    /** An answer to nothing takes a moment; who does not give it for this long is gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String EXPORT = "select pg_catalog.pg_export_snapshot()";

    private final Pool source;
    private final Horizon horizon;
    private final boolean exports;
    private final AtomicReference<@Nullable SqlConnection> holder = new AtomicReference<>();
    private volatile @Nullable String snapshot;

    private SourceMoment(Pool source, Horizon horizon, boolean exports) {
        this.source = source;
        this.horizon = horizon;
        this.exports = exports;
    }

    /**
     * Reads the horizon, and only then takes the snapshot. The other way round, a transaction that commits between the two is
     * in neither: 1. the snapshot is taken, it does not see T; 2. T commits; 3. the horizon is read, T is not running any more,
     * so the horizon lies after T's stamps; 4. the next run starts there and never reads T's rows.
     */
    public static SourceMoment open(Pool source, HorizonRule rule, boolean export) {
        var moment = new SourceMoment(source, horizon(source, rule), export);
        if (export) {
            moment.exportAgain();
        }
        return moment;
    }

    /**
     * For a run that another coordinator began: its horizon covers what was not read yet, so it is kept. Its snapshot went with
     * that coordinator; whoever drives the run takes the next one, as after any other loss. {@code lost} is null when each task
     * takes its own.
     */
    public static SourceMoment again(Pool source, Horizon first, @Nullable String lost) {
        var moment = new SourceMoment(source, first, lost != null);
        moment.snapshot = lost;
        return moment;
    }

    private static Horizon horizon(Pool source, HorizonRule rule) {
        var connection = Step.connect("connect to the source", source);
        try {
            return rule.read(connection);
        } finally {
            Step.await("give connection back", connection::close);
        }
    }

    /** Takes a new snapshot when the holder of the last one died. The first horizon stays: what it covers was not read yet. */
    public void exportAgain() {
        release();
        var connection = Step.connect("connect to the source", source);
        try {
            answered("begin the run's snapshot", connection, BEGIN);
            var name = export(connection);
            // A source that was restarted counts from the beginning. Slices are told apart by the name they were read
            // in.
            snapshot = name.equals(snapshot) ? export(connection) : name;
            holder.set(connection);
            var unused = connection.closeHandler(gone -> holder.compareAndSet(connection, null));
        } catch (RuntimeException e) {
            giveUp(connection);
            throw e;
        }
    }

    private static String export(SqlConnection connection) {
        return answered("export the run's snapshot", connection, EXPORT)
                .iterator()
                .next()
                .getString(0);
    }

    /** None of our statements has much to do: a server that says nothing for so long is not reached. */
    private static RowSet<Row> answered(String step, SqlConnection connection, String sql) {
        return Step.await(
                step, () -> connection.query(sql).execute().timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    }

    /**
     * Back to the pool only behind a rollback that was answered: whoever got the connection before would wait behind what it does
     * not answer, or be in our transaction, which holds back VACUUM.
     */
    private static void giveUp(SqlConnection connection) {
        var unused = connection.query("rollback").execute().onComplete(done -> {
            var closing = connection.close();
            closing.onFailure(gone -> {});
        });
    }

    public Horizon horizon() {
        return horizon;
    }

    /** To be imported by workers; null when each task takes its own. */
    public @Nullable String snapshot() {
        return snapshot;
    }

    /** False when the run shares a snapshot and there is none, or its transaction is gone, so that nobody can enter it. */
    public boolean alive() {
        return !exports || holder.get() != null;
    }

    /** Asks the holder for a sign of life: a network that was cut says nothing by itself. Afterwards {@link #alive} knows. */
    public void check() {
        var connection = holder.get();
        if (connection == null) {
            return;
        }
        try {
            var unused = answered("look after the run's snapshot", connection, PING);
        } catch (StepFailed e) {
            holder.compareAndSet(connection, null);
            giveUp(connection);
        }
    }

    private void release() {
        var connection = holder.getAndSet(null);
        if (connection == null) {
            return;
        }
        try {
            Step.await(
                    "end the run's snapshot", () -> connection.query("rollback").execute());
            Step.await("give connection back", connection::close);
        } catch (StepFailed e) {
            // Gone already, and with it the transaction.
            snapshot = null;
        } catch (Stopped e) {
            // The flag of our thread is set again. Whoever runs in this process later needs the connection.
            giveUp(connection);
        }
    }

    @Override
    public void close() {
        release();
    }
}
