package pgsync.request;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import pgsync.config.SyncConfig;
import pgsync.error.RunHeld;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.Step;
import pgsync.table.Selection;
import pgsync.task.RunId;
import pgsync.task.TableName;

/** The runs asked for from one cluster. Safe from any thread; every method waits for the target, on a virtual thread. */
public final class RunRequests {
    /** Tables that a live run holds. */
    private static final String HELD =
            "select schema_name, table_name, current_run from pgsync.table_state where current_run is not null";

    /** {@code $1} cluster. A run that is not published yet holds no table and may want any. */
    private static final String PLANNING =
            "select id, mode from pgsync.run where cluster = $1 and state = 'planning' limit 1";

    /** {@code $1} run, {@code $2} mode, {@code $3} who, {@code $4} cluster, {@code $5} request, {@code $6} dry run. */
    private static final String ASK = """
            insert into pgsync.run (id, mode, state, requested_by, cluster, request, dry_run)
            values ($1, $2, 'planning', $3, $4, $5, $6)
            """;

    /** {@code $1} run. One row when it was still open. What nobody has begun ends at once; a coordinator ends the others. */
    private static final String CANCEL = """
            update pgsync.run
               set cancel_requested = true,
                   state = case when coordinator is null then 'cancelled' else state end,
                   finished_at = case when coordinator is null then clock_timestamp() end
             where id = $1 and state in ('planning', 'running')
            returning id
            """;

    private final Pool target;
    private final String cluster;

    public RunRequests(Pool target, String cluster) {
        this.target = target;
        this.cluster = cluster;
    }

    /**
     * Leaves a run for a coordinator to take up. {@code own} are the settings that the request is read with.
     *
     * @throws RunHeld while another run is being planned or holds one of the tables
     * @throws pgsync.config.InvalidConfig for a pattern that makes no sense
     */
    public RunId ask(RunRequest request, SyncConfig own, String requestedBy) {
        refuseWhileHeld(request.in(own));
        var run = new RunId(UUID.randomUUID());
        try {
            rows(
                    "ask for a run",
                    ASK,
                    Tuple.of(
                            run.value(),
                            request.mode().word(),
                            requestedBy,
                            cluster,
                            request.toJson(),
                            request.dryRun()));
        } catch (StepFailed e) {
            if (e.trouble() == Trouble.UNIQUE_VIOLATION) {
                throw new RunHeld("another run was asked for at this moment", "wait until it has ended");
            }
            throw e;
        }
        return run;
    }

    private void refuseWhileHeld(SyncConfig wanted) {
        var selection = Selection.of(wanted);
        for (var row : rows("look for runs that are planned", PLANNING, Tuple.of(cluster))) {
            var verifies = row.getString(1).equals(RunRequest.Mode.VERIFY.word());
            throw new RunHeld(
                    "run %s is %s".formatted(row.getUUID(0), verifies ? "verifying" : "being planned"),
                    "wait until it has ended, or cancel it");
        }
        List<TableName> held = new ArrayList<>();
        var runs = new ArrayList<UUID>();
        for (var row : rows("look for tables that are held", HELD, Tuple.tuple())) {
            held.add(new TableName(row.getString(0), row.getString(1)));
            runs.add(row.getUUID(2));
        }
        var wantedNow = selection.amongNames(held);
        if (!wantedNow.isEmpty()) {
            var first = wantedNow.iterator().next();
            throw new RunHeld(
                    "run %s holds %s%s"
                            .formatted(
                                    runs.get(held.indexOf(first)),
                                    first,
                                    wantedNow.size() > 1 ? " and %,d more tables".formatted(wantedNow.size() - 1) : ""),
                    "wait until it has ended, cancel it, or choose other tables");
        }
    }

    /** Asks the run to stop. False when there is no such run or it has ended. */
    public boolean cancel(RunId run) {
        return rows("cancel a run", CANCEL, Tuple.of(run.value())).size() > 0;
    }

    private RowSet<Row> rows(String step, String sql, Tuple parameters) {
        return Step.await(step, () -> target.preparedQuery(sql).execute(parameters));
    }
}
