package pgsync.coordinator.moment;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.error.Trouble;
import pgsync.sql.LogPlace;
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

    private static final String BEGIN_STEP = "begin the run's snapshot";
    private static final String ASK_POSITION = "ask how far the source has come";

    /**
     * After a promotion the control file has the new timeline where recovery has to reach to, and, when the first checkpoint has ended,
     * in that. A standby of it knows the new one when it has written pages of it. On clouds these functions may fail whatever rights say.
     */
    private static final String POSITION = """
            select greatest(c.timeline_id, r.min_recovery_end_timeline) as timeline,
                   case when not pg_catalog.pg_is_in_recovery()
                        then pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '0/0')::pg_catalog.int8 end as lsn
              from pg_catalog.pg_control_checkpoint() c, pg_catalog.pg_control_recovery() r
            """;

    private final Pool source;
    private final Horizon horizon;
    private final @Nullable Long reached;
    private final boolean exports;
    private @Nullable SourcePosition position;
    private final AtomicReference<@Nullable SqlConnection> holder = new AtomicReference<>();
    private volatile @Nullable String snapshot;

    private SourceMoment(Pool source, Begin begin, boolean exports) {
        this.source = source;
        this.horizon = begin.horizon();
        this.reached = begin.reached();
        this.exports = exports;
    }

    /**
     * Reads the horizon, and only then takes the snapshot. The other way round, a transaction that commits between the two is
     * in neither: 1. the snapshot is taken, it does not see T; 2. T commits; 3. the horizon is read, T is not running any more,
     * so the horizon lies after T's stamps; 4. the next run starts there and never reads T's rows. Both on one connection, since another
     * one may be to a server that lags behind.
     */
    public static SourceMoment open(Pool source, HorizonRule rule, boolean export) {
        var connection = Step.connect("connect to the source", source);
        Begin begin;
        try {
            var horizon = rule.read(connection);
            // A server that has come as far shows all that this one shows now.
            begin = new Begin(horizon, unlessRefused(() -> reached(connection)));
        } catch (RuntimeException e) {
            Step.await("give connection back", connection::close);
            throw e;
        }
        var moment = new SourceMoment(source, begin, export);
        if (export) {
            moment.exportOn(connection);
        } else {
            try {
                moment.position = position(connection);
            } finally {
                Step.await("give connection back", connection::close);
            }
        }
        return moment;
    }

    /**
     * For a run that another coordinator began: its horizon covers what was not read yet, so it is kept. Its snapshot went with
     * that coordinator; whoever drives the run takes the next one, as after any other loss. {@code lost} is null when each task
     * takes its own. {@code reached} as that coordinator had it.
     */
    public static SourceMoment again(Pool source, Horizon first, @Nullable Long reached, @Nullable String lost) {
        var moment = new SourceMoment(source, new Begin(first, reached), lost != null);
        moment.snapshot = lost;
        return moment;
    }

    private record Begin(Horizon horizon, @Nullable Long reached) {}

    /** What fails in a transaction fails all that follows, so it is tried. Whatever it throws, the transaction is of no use any more. */
    private static @Nullable SourcePosition positionIn(SqlConnection transaction) {
        answered(ASK_POSITION, transaction, "savepoint position");
        var position = position(transaction);
        answered(ASK_POSITION, transaction, "rollback to savepoint position");
        return position;
    }

    private static @Nullable SourcePosition position(SqlConnection connection) {
        return unlessRefused(() -> {
            var row = answered(ASK_POSITION, connection, POSITION).iterator().next();
            @Nullable Long lsn = row.getLong("lsn");
            return new SourcePosition(row.getInteger("timeline"), lsn);
        });
    }

    private static @Nullable Long reached(SqlConnection connection) {
        return answered(ASK_POSITION, connection, LogPlace.ASK)
                .iterator()
                .next()
                .getLong(0);
    }

    /** Null when the server refuses to tell. */
    private static <T> @Nullable T unlessRefused(Supplier<@Nullable T> asking) {
        try {
            return asking.get();
        } catch (StepFailed refused) {
            if (refused.trouble().then() == Trouble.Then.RETRY) {
                throw refused;
            }
            return null;
        }
    }

    /**
     * Takes a new snapshot when the holder of the last one died. The first horizon stays: what it covers was not read yet. Throws
     * {@link StepFailed} when this server of the source lags behind the one whose horizon it is.
     */
    public void exportAgain() {
        release();
        exportOn(Step.connect("connect to the source", source));
    }

    private void exportOn(SqlConnection connection) {
        try {
            begin(connection);
            var name = export(connection);
            // A source that was restarted counts from the beginning. Slices are told apart by the name they were read
            // in.
            snapshot = name.equals(snapshot) ? export(connection) : name;
            // Of the server that has the snapshot, and not from before it.
            position = positionIn(connection);
            holder.set(connection);
            var unused = connection.closeHandler(gone -> holder.compareAndSet(connection, null));
        } catch (StepFailed e) {
            if (e.trouble() == Trouble.SOURCE_LAGS) {
                end(connection);
            } else {
                giveUp(connection);
            }
            throw e;
        } catch (RuntimeException e) {
            giveUp(connection);
            throw e;
        }
    }

    private void begin(SqlConnection connection) {
        var place = reached == null ? null : unlessRefused(() -> placeAndBegin(connection));
        if (place != null && reached != null) {
            LogPlace.refuseBehind(BEGIN_STEP, place, reached);
        } else {
            // Also where this server does not tell what the first one told.
            answered(BEGIN_STEP, connection, (reached == null ? "" : "rollback;") + BEGIN);
        }
    }

    private static @Nullable Long placeAndBegin(SqlConnection connection) {
        return answered(BEGIN_STEP, connection, LogPlace.ASK_BEFORE + BEGIN)
                // The first statement's result comes first.
                .next()
                .iterator()
                .next()
                .getLong(0);
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

    /** A pool would give out this connection again, and not one to another server that has come further. */
    private static void end(SqlConnection connection) {
        var unused = connection
                .query("rollback; select pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid())")
                .execute()
                .onComplete(done -> {
                    var closing = connection.close();
                    closing.onFailure(gone -> {});
                });
    }

    public Horizon horizon() {
        return horizon;
    }

    /** How far the source had come when the last snapshot was taken, or the moment opened; null where the server does not tell. */
    public @Nullable SourcePosition position() {
        return position;
    }

    /** Bytes of log that the source had when the horizon was read; null where the server does not tell. */
    public @Nullable Long reached() {
        return reached;
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
