package pgsync.coordinator.ledger;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pgsync.error.StepFailed;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.status.RunNote;
import pgsync.table.LeftOut;
import pgsync.task.RunId;
import pgsync.task.TableName;

/**
 * Listens to a run of a cluster and keeps in the target what a person should know of it, so that whoever asked for the run is told
 * as if it ran there. Everything goes on to the next listener first. What cannot be kept is not worth a run: it is told as a detail.
 * Safe from any thread; waits for the target.
 */
public final class RunNotes implements RunEvents {
    /** A schema has thousands of views at most. */
    private static final int MOST_LEFT_OUT = 1000;

    private final Pool target;
    private final RunId run;
    private final RunEvents next;

    public RunNotes(Pool target, RunId run, RunEvents next) {
        this.target = target;
        this.run = run;
        this.next = next;
    }

    @Override
    public void on(RunEvent event) {
        next.on(event);
        switch (event) {
            case RunEvent.Warning(var table, var message, var remedy) ->
                keep(List.of(note(table, RunNote.WARNING, message, remedy)));
            case RunEvent.LeftOutOfRun(var leftOut) ->
                keep(leftOut.stream()
                        .filter(left -> !left.belongsToATable())
                        .limit(MOST_LEFT_OUT)
                        .map(RunNotes::note)
                        .toList());
            case RunEvent.Planned e -> {}
            case RunEvent.TableStarted e -> {}
            case RunEvent.Progress e -> {}
            case RunEvent.TableEnded e -> {}
            case RunEvent.Detail e -> {}
            case RunEvent.Requeued e -> {}
            case RunEvent.Listening e -> {}
            case RunEvent.Ended e -> {}
        }
    }

    private static JsonObject note(LeftOut left) {
        return note(left.name(), left.kind().name().toLowerCase(Locale.ROOT), left.reason(), null);
    }

    private static JsonObject note(@Nullable TableName table, String kind, String message, @Nullable String remedy) {
        var note = new JsonObject().put("kind", kind).put("message", message);
        if (table != null) {
            note.put("schema", table.schema()).put("table", table.table());
        }
        return remedy == null ? note : note.put("remedy", remedy);
    }

    private void keep(List<JsonObject> notes) {
        if (notes.isEmpty()) {
            return;
        }
        try {
            Ledger.ask(
                    "keep notes of the run", target, LedgerSql.KEEP_NOTES, Tuple.of(run.value(), new JsonArray(notes)));
        } catch (StepFailed e) {
            next.on(new RunEvent.Detail("not kept for others: " + e.getMessage()));
        }
    }
}
