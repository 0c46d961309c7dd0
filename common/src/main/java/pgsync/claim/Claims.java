package pgsync.claim;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import pgsync.board.TaskBoard;
import pgsync.error.Trouble;
import pgsync.sql.AnyEncoding;
import pgsync.sql.Step;
import pgsync.task.Fence;
import pgsync.task.NodeId;
import pgsync.task.Outcome;
import pgsync.task.RunId;
import pgsync.task.TaskId;
import pgsync.task.TaskSpec;

/** Takes tasks from a board and proves them in the target. Safe from any thread; every method waits for PostgreSQL. */
public final class Claims implements TaskSource {
    /** Hazelcast's poll swallows an item when it is interrupted, so nobody waits longer than this before looking at a stop flag. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final int MAX_ATTEMPTS = 6;
    /** Until the coordinator has reached a source that restarted and taken a new snapshot, there is nothing to do but ask again. */
    private static final int MAX_ATTEMPTS_WITHOUT_SNAPSHOT = 20;

    private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);

    private final Pool target;
    private final TaskBoard board;
    private final NodeId me;
    private final @Nullable String source;
    private final InHand inHand;
    private final Queue<TaskId> doubtful = new ConcurrentLinkedQueue<>();

    /** For a process that works on its own run alone. */
    public Claims(Pool target, TaskBoard board, NodeId me) {
        this(target, board, me, null, new InHand());
    }

    /**
     * Claims only tasks of runs that read {@code source}. Where the locks of the board belong to threads, each slot has claims of
     * its own, so that who took a lock gives it back.
     *
     * @param source {@link pgsync.table.ServerFacts#identity} of the source this node is connected to, null for any
     * @param inHand the same for all claims of a process
     */
    public Claims(Pool target, TaskBoard board, NodeId me, @Nullable String source, InHand inHand) {
        this.target = target;
        this.board = board;
        this.me = me;
        this.source = source;
        this.inHand = inHand;
    }

    @Override
    public Optional<Claim> next() {
        takeBackDoubtful();
        takeBackStrays();
        var polled = board.poll(POLL);
        if (polled.isEmpty()) {
            return Optional.empty();
        }
        var task = polled.get();
        if (!board.tryLock(task)) {
            return Optional.empty();
        }
        try {
            var claim = claim(task);
            if (claim.isEmpty()) {
                board.unlock(task);
            }
            return claim;
        } catch (RuntimeException e) {
            // Still locked, so no other slot of ours can win the task before it is taken back.
            doubtful.add(task);
            throw e;
        }
    }

    /** The server may have done a claim whose answer was lost: it carries our name, we live, and nobody would work on it. */
    private void takeBackDoubtful() {
        for (var task = doubtful.poll(); task != null; task = doubtful.poll()) {
            var taken = false;
            try {
                takeBack(task);
                taken = true;
            } finally {
                if (taken) {
                    board.unlock(task);
                } else {
                    doubtful.add(task);
                }
            }
        }
    }

    private void takeBack(TaskId task) {
        if (!inHand.holds(task)) {
            takeBack(task, null);
        }
    }

    private void takeBack(TaskId task, @Nullable Fence fence) {
        Step.await(
                "take back " + task,
                () -> target.preparedQuery(ClaimSql.TAKE_BACK)
                        .execute(Tuple.of(task.value(), me.value()).addValue(fence == null ? null : fence.value())));
    }

    private void takeBackStrays() {
        if (inHand.lookIsDue()) {
            var ours = new ArrayList<InHand.Held>();
            Step.await(
                            "look at our claims",
                            () -> target.preparedQuery(ClaimSql.OURS).execute(Tuple.of(me.value())))
                    .forEach(row -> ours.add(new InHand.Held(new TaskId(row.getLong(0)), new Fence(row.getLong(1)))));
            inHand.strays(ours).forEach(stray -> takeBack(stray.task(), stray.fence()));
        }
    }

    private Optional<Claim> claim(TaskId task) {
        var rows = Step.await(
                "claim " + task,
                () -> target.preparedQuery(ClaimSql.CLAIM).execute(Tuple.of(task.value(), me.value(), source)));
        for (var row : rows) {
            return read(task, row);
        }
        return Optional.empty();
    }

    private Optional<Claim> read(TaskId task, Row row) {
        var fence = new Fence(row.getLong(1));
        var attempt = row.getInteger(2);
        TaskSpec spec;
        try {
            spec = TaskSpec.ofJson(row.getString(5));
        } catch (RuntimeException e) {
            unreadable(task, fence, attempt);
            return Optional.empty();
        }
        var claim = new Claim(
                task,
                new RunId(row.getUUID(0)),
                fence,
                attempt,
                row.getInteger(3),
                row.getString(4),
                row.getLong(7),
                row.getString(6),
                spec);
        inHand.take(claim);
        return Optional.of(claim);
    }

    /** While versions change some nodes write what others cannot read yet. Somebody else may. */
    private void unreadable(TaskId task, Fence fence, int attempt) {
        var reason = "the task was written by another version of pgsync than node %s runs".formatted(me);
        if (attempt < MAX_ATTEMPTS) {
            update(ClaimSql.RETRY, task, fence, Tuple.of(backoff(attempt).toMillis(), reason));
        } else {
            fail(task, fence, reason, "run one version on all nodes", false, false);
        }
    }

    @Override
    public void ended(Claim claim, Outcome outcome) {
        try {
            switch (outcome) {
                case Outcome.Done(var counts) -> {}
                case Outcome.FenceLost() -> {}
                case Outcome.GivenBack(var reason) ->
                    update(ClaimSql.GIVE_BACK, claim.task(), claim.fence(), Tuple.tuple());
                case Outcome.Failed(var trouble, var reason, var remedy) -> failed(claim, trouble, reason, remedy);
                case Outcome.GuardStopped(var reason, var remedy) -> fail(claim, reason, remedy, true, false);
            }
            inHand.putDown(claim);
        } finally {
            board.unlock(claim.task());
            board.changed();
        }
    }

    private void failed(Claim claim, Trouble trouble, String reason, String remedy) {
        switch (trouble.then()) {
            case RETRY -> {
                if (claim.attempt() < attempts(trouble)) {
                    AnyEncoding.write(spelled -> update(
                            ClaimSql.RETRY,
                            claim.task(),
                            claim.fence(),
                            Tuple.of(backoff(claim.attempt()).toMillis(), spelled.apply(reason))));
                } else {
                    fail(claim, "%s (tried %d times)".formatted(reason, claim.attempt()), remedy, false, false);
                }
            }
            case STOP_TABLE -> fail(claim, reason, remedy, false, false);
            case STOP_RUN -> fail(claim, reason, remedy, false, true);
        }
    }

    private static int attempts(Trouble trouble) {
        return trouble == Trouble.SNAPSHOT_GONE || trouble == Trouble.SOURCE_LAGS
                ? MAX_ATTEMPTS_WITHOUT_SNAPSHOT
                : MAX_ATTEMPTS;
    }

    private static Duration backoff(int attempt) {
        return FIRST_BACKOFF.multipliedBy(1L << Math.min(attempt - 1, 6));
    }

    private void update(String sql, TaskId task, Fence fence, Tuple more) {
        var parameters = new ArrayList<>(List.<Object>of(task.value(), fence.value()));
        for (var i = 0; i < more.size(); i++) {
            parameters.add(more.getValue(i));
        }
        Step.await("record the end of " + task, () -> target.preparedQuery(sql).execute(Tuple.from(parameters)));
    }

    private void fail(Claim claim, String reason, String remedy, boolean guard, boolean stopRun) {
        fail(claim.task(), claim.fence(), reason, remedy, guard, stopRun);
    }

    private void fail(TaskId task, Fence fence, String reason, String remedy, boolean guard, boolean stopRun) {
        AnyEncoding.write(spelled -> record(task, fence, spelled.apply(reason), spelled.apply(remedy), guard, stopRun));
    }

    private void record(TaskId task, Fence fence, String reason, String remedy, boolean guard, boolean stopRun) {
        var connection = Step.connect("connect to the target", target);
        try {
            Step.await(
                    "record the failure of " + task,
                    () -> connection.query("begin").execute());
            fail(connection, task, Tuple.of(task.value(), fence.value(), reason, remedy, guard), stopRun);
            Step.await(
                    "record the failure of " + task,
                    () -> connection.query("commit").execute());
        } catch (RuntimeException e) {
            rollback(connection, e);
            throw e;
        } finally {
            Step.await("give connection back", connection::close);
        }
    }

    /** The pool gives connections out as they come back: one with a transaction open would swallow the next statements. */
    private static void rollback(SqlConnection connection, RuntimeException cause) {
        try {
            Step.await("roll back", () -> connection.query("rollback").execute());
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private static void fail(SqlConnection connection, TaskId task, Tuple parameters, boolean stopRun) {
        var step = "record the failure of " + task;
        var rows =
                Step.await(step, () -> connection.preparedQuery(ClaimSql.FAIL).execute(parameters));
        for (var row : rows) {
            var table = Tuple.of(row.getUUID(0), row.getString(1), row.getString(2));
            Step.await(
                    step,
                    () -> connection
                            .preparedQuery(ClaimSql.CANCEL_REST_OF_TABLE)
                            .execute(table));
            Step.await(step, () -> connection.preparedQuery(ClaimSql.SETTLE).execute(table));
            if (stopRun) {
                Step.await(
                        step,
                        () -> connection.preparedQuery(ClaimSql.CANCEL_RUN).execute(Tuple.of(row.getUUID(0))));
            }
        }
    }
}
