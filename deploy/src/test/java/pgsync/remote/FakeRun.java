package pgsync.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pgsync.remote.FakeNode.Asked;
import pgsync.remote.FakeNode.Reply;
import pgsync.status.RunNote;
import pgsync.status.RunStatus;
import pgsync.status.TableOfRun;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.TableName;

/** A run that any number of fake nodes tell of: one state after the other, the last one for ever. Guarded by itself. */
final class FakeRun implements Function<Asked, Reply> {
    static final RunId ID = new RunId(new UUID(0, 7));

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(NodeId.class, ToStringSerializer.instance)
                    .addSerializer(RunId.class, ToStringSerializer.instance))
            .build();

    private final Deque<Moment> moments = new ArrayDeque<>();
    private final Map<String, Reply> instead = new HashMap<>();
    private int page = 500;

    /** The run and its tables at one time. */
    record Moment(RunStatus run, List<TableOfRun> tables) {}

    FakeRun then(RunStatus run, TableOfRun... tables) {
        moments.add(new Moment(run, List.of(tables)));
        return this;
    }

    /** What answers requests that begin so. */
    FakeRun instead(String beginning, Reply reply) {
        instead.put(beginning, reply);
        return this;
    }

    FakeRun pagesOf(int tables) {
        page = tables;
        return this;
    }

    @Override
    public synchronized Reply apply(Asked asked) {
        for (var beginning : instead.keySet()) {
            if (asked.is(beginning)) {
                return instead.get(beginning);
            }
        }
        if (asked.is("POST /api/v1/runs/" + ID + "/cancel")) {
            return new Reply(202, "{\"runId\": \"%s\"}".formatted(ID));
        }
        if (asked.is("POST /api/v1/runs")) {
            return new Reply(202, "{\"runId\": \"%s\"}".formatted(ID));
        }
        if (asked.is("GET /api/v1/runs/" + ID + "/tables")) {
            return tables(asked.line());
        }
        if (asked.is("GET /api/v1/runs/" + ID)) {
            // The tables that are asked for next belong to this state.
            var now = moments.size() > 1 ? moments.removeFirst() : moments.getFirst();
            shown = now;
            return Reply.ok(json(now.run()));
        }
        return Reply.error(404, "there is nothing at this address", "");
    }

    private @Nullable Moment shown;

    private Reply tables(String line) {
        var all = shown == null ? List.<TableOfRun>of() : shown.tables();
        var at = line.indexOf("after=");
        var from = at < 0 ? 0 : Integer.parseInt(line.substring(at + 6));
        var to = Math.min(all.size(), from + page);
        var answer = new HashMap<String, Object>();
        answer.put("tables", all.subList(from, to));
        answer.put("total", all.size());
        answer.put("next", to < all.size() ? String.valueOf(to) : null);
        return Reply.ok(json(answer));
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static RunStatus planning() {
        return run("planning", null, 0, null);
    }

    static RunStatus running(int tables, long rows) {
        return run("running", tables, rows, null);
    }

    static RunStatus ended(String state, int tables) {
        return run(state, tables, 0, null);
    }

    /** Ended before its tables were published. */
    static RunStatus failed(int exitCode, String error) {
        var run = run("failed", null, 0, exitCode);
        return new RunStatus(
                run.id(),
                run.mode(),
                run.state(),
                false,
                run.requestedBy(),
                run.cluster(),
                null,
                false,
                run.startedAt(),
                run.finishedAt(),
                null,
                null,
                null,
                null,
                exitCode,
                error,
                "do this",
                null,
                List.of(),
                run.counts(),
                run.pace());
    }

    private static RunStatus run(String state, @Nullable Integer tables, long rows, @Nullable Integer exitCode) {
        return run(state, tables, rows, exitCode, List.of());
    }

    static RunStatus running(int tables, List<RunNote> notes) {
        return run("running", tables, 0, null, notes);
    }

    static RunStatus done(int tables, List<RunNote> notes) {
        return run("done", tables, 0, null, notes);
    }

    private static RunStatus run(
            String state, @Nullable Integer tables, long rows, @Nullable Integer exitCode, List<RunNote> notes) {
        return new RunStatus(
                ID,
                "sync",
                state,
                false,
                "http 127.0.0.1",
                "pgsync",
                new NodeId(new UUID(0, 1)),
                false,
                "2026-11-23T15:30:40.000Z",
                null,
                null,
                null,
                tables,
                tables == null ? null : 100L,
                exitCode,
                null,
                null,
                null,
                notes,
                new RunStatus.RunCounts(tables, 0, 0, 0, 0, 0, tables == null ? 0 : tables, rows, 0, 0, 0),
                new RunStatus.Pace(2.5, 0, 0, 0.5, 3L));
    }

    static TableOfRun table(String name, String status, long rows) {
        var ended = !status.equals("waiting") && !status.equals("running");
        return new TableOfRun(
                new TableName("public", name),
                "incremental",
                status,
                status.equals("waiting") ? null : "2026-11-23T15:30:40.000Z",
                ended ? "2026-11-23T15:30:41.500Z" : null,
                rows,
                2,
                1,
                1000,
                1,
                ended ? 1 : 0,
                null,
                ended ? "2026-11-23T15:30:35.123456Z" : null,
                status.equals("failed") || status.equals("guard") ? "it broke" : null,
                status.equals("failed") || status.equals("guard") ? "mend it" : null,
                null);
    }

    static List<TableOfRun> tables(int count, String status) {
        var tables = new ArrayList<TableOfRun>();
        for (var i = 0; i < count; i++) {
            tables.add(table("t%03d".formatted(i), status, 1));
        }
        return tables;
    }
}
