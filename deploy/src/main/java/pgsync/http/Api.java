package pgsync.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pgsync.config.SyncConfig;
import pgsync.request.RunRequest;
import pgsync.request.RunRequests;
import pgsync.status.RunStatus;
import pgsync.status.Status;
import pgsync.status.TableOfRun;
import pgsync.status.TableQuery;
import pgsync.status.TableStatus;
import pgsync.task.RunId;
import pgsync.task.TableName;

/** What each address answers. Every method may wait for the target: call on a virtual thread. */
final class Api {
    private static final Pattern RUN_ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int MAX_RUNS = 100;
    private static final int USUAL_RUNS = 20;
    private static final int USUAL_TABLES = 100;
    private static final int MAX_OFFSET = 1_000_000;
    private static final int MAX_PATTERNS = 1_000;
    private static final int MAX_PATTERN = 300;

    private final NodeView node;
    private final Status status;
    private final RunRequests requests;
    private final SyncConfig own;

    Api(NodeView node, Status status, RunRequests requests, SyncConfig own) {
        this.node = node;
        this.status = status;
        this.requests = requests;
        this.own = own;
    }

    /**
     * A request, checked and read.
     *
     * @param id the run in its address, empty when there is none
     * @param peer from where it came
     */
    record Call(String id, Parameters parameters, Buffer body, String peer) {}

    /** What answers a call. */
    @FunctionalInterface
    interface Handler {
        Answer answer(Call call);
    }

    record Health(String status, @Nullable String reason) {
        private static final Health OK = new Health("ok", null);
    }

    Answer livez(Call call) {
        call.parameters().nothingElse();
        // What can be mended without a restart mends itself; a process that serves nothing gives no answer.
        return Answer.json(200, Health.OK);
    }

    Answer readyz(Call call) {
        call.parameters().nothingElse();
        var reason = node.notReady().orElse(null);
        return reason == null ? Answer.json(200, Health.OK) : Answer.json(503, new Health("not_ready", reason));
    }

    Answer cluster(Call call) {
        call.parameters().nothingElse();
        return Answer.json(200, Members.of(node, status.nodes(node.cluster())));
    }

    record Runs(List<RunStatus> runs) {}

    Answer runs(Call call) {
        var limit = call.parameters().number("limit", USUAL_RUNS, 1, MAX_RUNS);
        call.parameters().nothingElse();
        return Answer.json(200, new Runs(status.runs(limit)));
    }

    Answer run(Call call) {
        call.parameters().nothingElse();
        return Answer.json(200, found(call));
    }

    private RunStatus found(Call call) {
        return status.run(runId(call)).orElseThrow(Api::noSuchRun);
    }

    private static RunId runId(Call call) {
        if (!RUN_ID.matcher(call.id()).matches()) {
            throw noSuchRun();
        }
        return RunId.parse(call.id());
    }

    private static Problem noSuchRun() {
        return new Problem(404, "no_such_run", "there is no run of this id", "GET /api/v1/runs lists them");
    }

    /** {@code next}: what {@code after} has to be for the next page, null on the last one. */
    record TablesOfRun(
            List<TableOfRun> tables, long total, @Nullable String next) {}

    Answer tablesOfRun(Call call) {
        var limit = call.parameters().number("limit", USUAL_TABLES, 1, Status.MAX_PAGE);
        var after = call.parameters().text("after");
        call.parameters().nothingElse();
        var run = found(call);
        var page = status.tablesOfRun(run.id(), after == null ? null : place(after), limit);
        var next = page.items().size() < limit
                ? null
                : place(page.items().getLast().table());
        return Answer.json(200, new TablesOfRun(page.items(), page.total(), next));
    }

    // A dot may be part of either name, so the length of the first one goes in front.
    private static String place(TableName table) {
        return "%d.%s.%s".formatted(table.schema().length(), table.schema(), table.table());
    }

    private static TableName place(String after) {
        try {
            var dot = after.indexOf('.');
            var length = Integer.parseInt(after.substring(0, dot));
            return new TableName(after.substring(dot + 1, dot + 1 + length), after.substring(dot + 1 + length + 1));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw Problem.bad("parameter after is not one that a page gave", "use \"next\" of the page before");
        }
    }

    /** {@code offset} where this page begins. */
    record Tables(List<TableStatus> tables, long total, int offset) {}

    Answer tables(Call call) {
        var given = call.parameters();
        var sort = given.choice("sort", TableQuery.Sort.class);
        var order = given.choice("order", Order.class);
        var filter = given.text("filter");
        var query = new TableQuery(
                filter == null || filter.isEmpty() ? null : filter,
                given.choice("state", TableQuery.State.class),
                sort == null ? TableQuery.Sort.NAME : sort,
                order == Order.DESC,
                given.number("limit", USUAL_TABLES, 1, Status.MAX_PAGE),
                given.number("offset", 0, 0, MAX_OFFSET));
        given.nothingElse();
        var page = status.tables(query);
        return Answer.json(200, new Tables(page.items(), page.total(), query.offset()));
    }

    private enum Order {
        ASC,
        DESC
    }

    record Asked(RunId runId) {}

    Answer start(Call call) {
        call.parameters().nothingElse();
        var run = requests.ask(request(call.body()), own, "http " + call.peer());
        return new Answer(
                202, "application/json", Json.buffer(new Asked(run)), Map.of("Location", "/api/v1/runs/" + run));
    }

    private static RunRequest request(Buffer body) {
        var json = Json.read(body.getBytes());
        if (!json.isObject()) {
            throw Problem.bad(
                    "the body is not a JSON object", "for example {\"include\":[\"orders\"],\"mode\":\"sync\"}");
        }
        var known = Set.of("include", "exclude", "mode", "dryRun");
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw Problem.bad("the body has a key that nobody asks for", "known: include, exclude, mode, dryRun");
            }
        });
        return new RunRequest(patterns(json, "include"), patterns(json, "exclude"), mode(json), flag(json, "dryRun"));
    }

    private static List<String> patterns(JsonNode body, String key) {
        var given = body.path(key);
        if (given.isMissingNode() || given.isNull()) {
            return List.of();
        }
        var patterns = new ArrayList<String>();
        for (var one : given) {
            if (!one.isTextual() || one.textValue().isEmpty() || one.textValue().length() > MAX_PATTERN) {
                throw notPatterns(key);
            }
            patterns.add(one.textValue());
        }
        if (!given.isArray() || patterns.size() > MAX_PATTERNS) {
            throw notPatterns(key);
        }
        return patterns;
    }

    private static Problem notPatterns(String key) {
        return Problem.bad(
                key + " is not a list of table patterns",
                "up to %,d texts of up to %d characters".formatted(MAX_PATTERNS, MAX_PATTERN));
    }

    private static RunRequest.Mode mode(JsonNode body) {
        var given = body.path("mode");
        if (given.isMissingNode() || given.isNull()) {
            return RunRequest.Mode.SYNC;
        }
        return switch (given.asText()) {
            case "sync" -> RunRequest.Mode.SYNC;
            case "reconcile" -> RunRequest.Mode.RECONCILE;
            case "verify" -> RunRequest.Mode.VERIFY;
            default -> throw Problem.bad("mode is none that there is", "sync, reconcile, verify");
        };
    }

    private static boolean flag(JsonNode body, String key) {
        var given = body.path(key);
        if (given.isMissingNode() || given.isNull()) {
            return false;
        }
        if (!given.isBoolean()) {
            throw Problem.bad(key + " is neither true nor false", "true, false");
        }
        return given.booleanValue();
    }

    Answer cancel(Call call) {
        call.parameters().nothingElse();
        var run = runId(call);
        if (!requests.cancel(run)) {
            throw found(call).ended()
                    ? new Problem(409, "run_ended", "the run has ended", "nothing to do")
                    : new Problem(409, "run_changed", "the run changed just now", "look at it and try again");
        }
        return Answer.json(202, new Asked(run));
    }
}
