package pgsync.worker.apply;

import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pgsync.claim.Claim;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.sql.Quoted;
import pgsync.task.Counts;
import pgsync.task.TableSpec;
import pgsync.task.TaskSpec;
import pgsync.task.Work;
import pgsync.worker.session.SourceSession;
import pgsync.worker.session.TargetSession;

/**
 * One attempt at one task: the sessions, the counts so far, and the one way a step writes. The last write of the last step
 * carries the task's end with it, so that rows and DONE commit together. Owned by one thread.
 */
final class Attempt {
    private final Claim claim;
    private final SourceSession source;
    private final TargetSession target;
    private final Sessions more;
    private final RunEvents events;
    private final TableSql sql;
    private final DeleteGuard guard = new DeleteGuard(this);
    private Counts total = Counts.NONE;
    private int step;
    private boolean ended;
    private @Nullable List<Cascades.Referring> referring;
    private @Nullable Set<Cascades.Definition> onSource;
    private @Nullable Boolean callsFunctions;
    private @Nullable Connection beside;

    Attempt(Claim claim, SourceSession source, TargetSession target, Sessions more, RunEvents events) {
        this(claim, source, target, more, events, "");
    }

    private Attempt(
            Claim claim, SourceSession source, TargetSession target, Sessions more, RunEvents events, String suffix) {
        this.claim = claim;
        this.source = source;
        this.target = target;
        this.more = more;
        this.events = events;
        this.sql = new TableSql(claim.spec().table(), suffix);
        this.step = claim.stepsDone();
    }

    /** The same attempt seen from another table of its task, for reading and for SQL; it writes through this one. */
    Attempt of(TableSpec other, String suffix) {
        var spec = claim.spec();
        var forOther = new TaskSpec(
                other,
                spec.steps(),
                spec.batchRows(),
                spec.delete(),
                spec.maxDeletePercent(),
                spec.forceDeletes(),
                spec.dryRun());
        var seen = new Claim(
                claim.task(),
                claim.run(),
                claim.fence(),
                claim.attempt(),
                claim.stepsDone(),
                claim.snapshot(),
                claim.reached(),
                claim.mode(),
                forOther);
        return new Attempt(seen, source, target, more, events, suffix);
    }

    /** Sessions besides the attempt's two. */
    interface Sessions {
        /** Not in any snapshot yet. The caller closes it. */
        SourceSession openSource();

        /** Always the same one, kept for the next attempts. */
        TargetSession besideTarget();
    }

    /** What a step did in one transaction, and whether it was the step's last. */
    record Written(Counts counts, boolean last) {}

    DeleteGuard deleteGuard() {
        return guard;
    }

    Claim claim() {
        return claim;
    }

    TableSpec table() {
        return claim.spec().table();
    }

    TableSql sql() {
        return sql;
    }

    Connection source() {
        return source.connection();
    }

    SourceSession sourceNow() {
        var session = more.openSource();
        enterNow(session);
        return session;
    }

    /** Again: what the session saw before may be out of date. */
    void enterNow(SourceSession now) {
        now.enterNow(claim.reached());
    }

    /** A second session in the same snapshot, for reading while a stream is open on the first. The caller closes it. */
    SourceSession sourceInSnapshot() {
        var session = more.openSource();
        session.enter(claim);
        return session;
    }

    /** The target's foreign keys that refer to the table and stay on while we write. */
    List<Cascades.Referring> referring(Connection connection) {
        if (referring == null) {
            referring = table().replicaRole() ? List.of() : Cascades.referring(table().table(), connection);
        }
        return referring;
    }

    /** Whether the source has the same foreign key, so that what it does was done there too. */
    boolean doesTheSame(Cascades.Referring key) {
        if (onSource == null) {
            try (var now = sourceNow()) {
                onSource = Cascades.onSource(now.connection());
            }
        }
        return onSource.contains(new Cascades.Definition(key.child(), key.definition()));
    }

    /** Whether a row that goes leaves NULL or a default behind by this key, as it did on the source. */
    boolean leavesBehindWhatTheSourceDid(Cascades.Referring key) {
        return Set.of("n", "d").contains(key.onDelete()) && doesTheSame(key);
    }

    boolean dryRun() {
        return claim.spec().dryRun();
    }

    /** A name for what is being done, as it stands in errors. */
    String doing(String what) {
        return what + " " + table().table();
    }

    void tell(String detail) {
        events.on(new RunEvent.Detail(table().table() + ": " + detail));
    }

    /**
     * One transaction of the step: rows, counts, progress, and after the last step the end of the task and the table's books.
     * A dry run does the same reading and rolls back.
     */
    boolean write(Function<Connection, Written> body) {
        var written = dryRun()
                ? look(body)
                : target.write(claim, connection -> {
                    letFunctionsFindTheirs(connection);
                    var done = body.apply(connection);
                    record(connection, done);
                    return done;
                });
        var counts = written.counts();
        total = total.plus(counts);
        events.on(new RunEvent.Progress(table().table(), counts.upserted() + counts.unchanged(), counts.bytes()));
        if (written.last() && lastStep()) {
            ended = true;
        }
        return written.last();
    }

    /**
     * Functions of triggers, checks, indexes, domains and generated columns often name tables and other functions without a schema, and
     * none is found where our sessions look. For the rest of the transaction the role's own search path stands behind ours, as it would
     * if the role wrote by hand. Only where there is such a function: whoever may create in a schema of that path could offer one of his
     * own in the place of what such a function means.
     */
    void letFunctionsFindTheirs(Connection connection) {
        if (!table().triggers().isEmpty() || callsFunctions(connection)) {
            Jdbc.one(doing("prepare for functions of"), connection, """
                    select set_config('search_path', concat_ws(', ', 'pg_catalog', nullif(reset_val, '')), true)
                      from pg_settings
                     where name = 'search_path'
                    """, row -> row.getString(1));
        }
    }

    private boolean callsFunctions(Connection connection) {
        if (callsFunctions == null) {
            callsFunctions = Jdbc.one(
                    doing("look at the functions of"),
                    connection,
                    FunctionsSql.called(Quoted.literal(table().table().quoted())),
                    row -> row.getBoolean(1));
        }
        return callsFunctions;
    }

    /** Reads on the target, in a transaction that is rolled back. */
    <T> T look(Function<Connection, T> body) {
        return target.look(claim, connection -> {
            letFunctionsFindTheirs(connection);
            return body.apply(connection);
        });
    }

    /**
     * Like {@link #look}, on a connection of its own: what the body finds stays in reach while it writes with {@link #write}, and it sees
     * the target as it was before that. Inside another one it goes on in that one's transaction.
     */
    <T extends @Nullable Object> T beside(Function<Connection, T> body) {
        if (beside != null) {
            return body.apply(beside);
        }
        return more.besideTarget().look(claim, connection -> {
            beside = connection;
            try {
                return body.apply(connection);
            } finally {
                beside = null;
            }
        });
    }

    private void record(Connection connection, Written written) {
        var name = doing("record progress of");
        var counts = written.counts();
        Jdbc.execute(name, connection, ProgressSql.count(claim.task(), counts, written.last() ? step + 1 : step));
        if (written.last() && lastStep()) {
            Sequences.moveForward(this, connection);
            Jdbc.execute(name, connection, ProgressSql.done(claim));
        }
    }

    /** The step is over. Ends the task in a transaction of its own when the last step had nothing to write. */
    void stepEnds() {
        if (lastStep() && !ended) {
            write(connection -> new Written(Counts.NONE, true));
        }
        step++;
    }

    /** Whether keys are still compared in this run, and what only the target has goes then. */
    boolean extraRowsGoLater() {
        return claim.spec().delete()
                && switch (claim.spec().steps().get(step)) {
                    case Work.Upsert u -> true;
                    case Work.Reconcile() -> true;
                    case Work.UpsertCircle u -> true;
                    case Work.Keys keys -> !keys.delete();
                    case Work.Copy c -> false;
                    case Work.CatchUp c -> false;
                    case Work.Replace r -> false;
                    case Work.DeleteCircle d -> false;
                    case Work.InCircle i -> false;
                };
    }

    private boolean lastStep() {
        return step == claim.spec().steps().size() - 1;
    }

    Counts total() {
        return total;
    }
}
