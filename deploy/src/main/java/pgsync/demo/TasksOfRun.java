package pgsync.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import pgsync.error.Stopped;
import pgsync.time.Pause;

/** The tasks of a run as rows of the target, which is where the truth about them is. Used by one thread. */
final class TasksOfRun implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    /** {@code ?} address of a node, twice a run. One row, with zeros before the run has tasks. */
    private static final String LOOK = """
            select count(*) filter (where t.status = 'CLAIMED' and n.address = ?),
                   count(*) filter (where t.status = 'DONE'),
                   count(*),
                   coalesce(sum(t.requeues), 0),
                   (select finished_at is not null from pgsync.run where id = ?::uuid)
              from pgsync.task t left join pgsync.node n on n.id = t.owner
             where t.run_id = ?::uuid
            """;

    private final Connection target;
    private final String run;
    private final String node;

    TasksOfRun(TwoServers servers, String run, String node) {
        this.run = run;
        this.node = node;
        try {
            this.target = servers.target().connect(TwoServers.DATABASE);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot look at the tasks", e);
        }
    }

    /** {@code claimed}: by the node that is looked at. */
    record Seen(int claimed, int done, int all, int requeued, boolean ended) {}

    /** Returns in the middle of the run, when the node has something in work and something is done; or at the end of the run. */
    Seen awaitMiddle(Pause pause) {
        while (true) {
            var seen = look();
            if (seen.ended() || (seen.claimed() > 0 && seen.done() > 0)) {
                return seen;
            }
            try {
                pause.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Stopped("waiting for the middle of a run", e);
            }
        }
    }

    Seen look() {
        try (var statement = target.prepareStatement(LOOK)) {
            statement.setString(1, node);
            statement.setString(2, run);
            statement.setString(3, run);
            try (var row = statement.executeQuery()) {
                row.next();
                return new Seen(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getBoolean(5));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot look at the tasks", e);
        }
    }

    @Override
    public void close() {
        try {
            target.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close the look at the tasks", e);
        }
    }
}
