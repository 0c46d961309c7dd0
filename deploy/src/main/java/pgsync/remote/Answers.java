package pgsync.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pgsync.cli.output.Situation.Member;
import pgsync.error.ClusterUnreachable;
import pgsync.status.Page;
import pgsync.status.RunNote;
import pgsync.status.RunStatus;
import pgsync.status.TableOfRun;
import pgsync.status.TableStatus;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.TableDifferences;
import pgsync.task.TableName;

/** One answer of a node, read into values. What a node would not say becomes {@link ClusterUnreachable}: somebody else serves there. */
final class Answers {
    private final Nodes.Answer answer;

    Answers(Nodes.Answer answer) {
        this.answer = answer;
    }

    RunId started() {
        return read(root -> runId(root, "runId"));
    }

    RunStatus run() {
        return read(this::run);
    }

    List<RunStatus> runs() {
        return read(root -> list(root, "runs", this::run));
    }

    /** @param next where the next page begins, null on the last one */
    record TablesOfRun(List<TableOfRun> tables, @Nullable String next) {}

    TablesOfRun tablesOfRun() {
        return read(root -> new TablesOfRun(list(root, "tables", this::tableOfRun), optional(root, "next")));
    }

    Page<TableStatus> tables() {
        return read(root -> new Page<>(list(root, "tables", this::table), number(root, "total")));
    }

    /**
     * @param coordinator null while nobody leads
     */
    record Members(String cluster, @Nullable NodeId coordinator, List<Member> members) {}

    Members members() {
        return read(root ->
                new Members(text(root, "name"), nodeId(root, "coordinator"), list(root, "members", this::node)));
    }

    private RunStatus run(JsonNode r) {
        return new RunStatus(
                runId(r, "id"),
                text(r, "mode"),
                text(r, "state"),
                truth(r, "dryRun"),
                text(r, "requestedBy"),
                optional(r, "cluster"),
                nodeId(r, "coordinator"),
                truth(r, "cancelRequested"),
                text(r, "startedAt"),
                optional(r, "finishedAt"),
                optional(r, "snapshot"),
                optional(r, "horizon"),
                optionalInt(r, "tasks"),
                optionalLong(r, "rowsEstimated"),
                optionalInt(r, "exitCode"),
                optional(r, "error"),
                optional(r, "remedy"),
                optionalLong(r, "differences"),
                notes(r),
                counts(object(r, "counts")),
                pace(object(r, "pace")));
    }

    /** An older node tells none. */
    private List<RunNote> notes(JsonNode r) {
        return r.has("notes") ? list(r, "notes", this::note) : List.of();
    }

    private RunNote note(JsonNode n) {
        return new RunNote(
                n.path("table").isObject() ? tableName(n) : null,
                text(n, "kind"),
                text(n, "message"),
                optional(n, "remedy"));
    }

    private RunStatus.RunCounts counts(JsonNode c) {
        return new RunStatus.RunCounts(
                optionalInt(c, "tables"),
                (int) number(c, "tablesDone"),
                (int) number(c, "tablesFailed"),
                (int) number(c, "tablesGuarded"),
                (int) number(c, "tablesSkipped"),
                (int) number(c, "tablesCancelled"),
                (int) number(c, "tablesOpen"),
                number(c, "rowsUpserted"),
                number(c, "rowsDeleted"),
                number(c, "rowsUnchanged"),
                number(c, "bytes"));
    }

    private RunStatus.Pace pace(JsonNode p) {
        return new RunStatus.Pace(
                decimal(p, "seconds"),
                decimal(p, "rowsPerSecond"),
                decimal(p, "bytesPerSecond"),
                optionalDecimal(p, "progress"),
                optionalLong(p, "etaSeconds"));
    }

    private TableOfRun tableOfRun(JsonNode t) {
        var table = new TableOfRun(
                tableName(t),
                text(t, "mode"),
                text(t, "status"),
                optional(t, "startTime"),
                optional(t, "endTime"),
                number(t, "rowsUpserted"),
                number(t, "rowsDeleted"),
                number(t, "rowsUnchanged"),
                number(t, "bytes"),
                optionalInt(t, "tasks"),
                optionalInt(t, "tasksDone"),
                optional(t, "watermarkFrom"),
                optional(t, "watermarkTo"),
                optional(t, "error"),
                optional(t, "remedy"),
                t.path("differences").isObject() ? differences(t.path("differences")) : null);
        // Here a status that nobody knows is still known to come from this node.
        var unused = Phase.of(table);
        return table;
    }

    private TableDifferences differences(JsonNode d) {
        return new TableDifferences(
                number(d, "sourceRows"),
                number(d, "targetRows"),
                number(d, "different"),
                number(d, "missing"),
                number(d, "extra"),
                number(d, "newer"),
                list(d, "examples", this::example));
    }

    private TableDifferences.Example example(JsonNode e) {
        return new TableDifferences.Example(
                TableDifferences.Kind.valueOf(text(e, "kind")),
                text(e, "key"),
                list(e, "columns", column -> column.asText()));
    }

    private TableStatus table(JsonNode t) {
        return new TableStatus(
                tableName(t),
                text(t, "state"),
                optional(t, "mode"),
                optional(t, "watermarkColumn"),
                optional(t, "watermark"),
                optionalDecimal(t, "lagSeconds"),
                optional(t, "lastSuccess"),
                optional(t, "lastVerified"),
                optional(t, "lastError"),
                t.path("currentRun").isTextual() ? runId(t, "currentRun") : null,
                t.path("lastRun").isObject() ? lastRun(t.path("lastRun")) : null);
    }

    private TableStatus.LastRun lastRun(JsonNode r) {
        return new TableStatus.LastRun(
                runId(r, "runId"),
                text(r, "status"),
                text(r, "startTime"),
                text(r, "endTime"),
                number(r, "rowsUpserted"),
                number(r, "rowsDeleted"),
                number(r, "rowsUnchanged"),
                number(r, "bytes"),
                optional(r, "error"),
                optional(r, "remedy"));
    }

    private Member node(JsonNode n) {
        return new Member(
                new NodeId(UUID.fromString(text(n, "id"))),
                text(n, "name"),
                text(n, "role"),
                optional(n, "address"),
                optional(n, "http"),
                text(n, "version"),
                optionalLong(n, "heartbeatAgeMs"),
                optionalInt(n, "tasks"),
                optionalInt(n, "slots"),
                optional(n, "note"),
                truth(n, "alive"));
    }

    private TableName tableName(JsonNode t) {
        var name = object(t, "table");
        return new TableName(text(name, "schema"), text(name, "table"));
    }

    /** What is no JSON, and values that are none, such as an identifier that cannot be read. */
    private <T> T read(Function<JsonNode, T> reading) {
        var root = Said.read(answer.body());
        if (root == null || !root.isObject()) {
            throw strange("no JSON object");
        }
        try {
            return reading.apply(root);
        } catch (IllegalArgumentException e) {
            throw strange("a value that no node of this version writes");
        }
    }

    private <T> List<T> list(JsonNode object, String field, Function<JsonNode, T> item) {
        if (!object.path(field).isArray()) {
            throw strange("no list " + field);
        }
        var items = new ArrayList<T>();
        object.path(field).forEach(node -> items.add(item.apply(node)));
        return items;
    }

    private JsonNode object(JsonNode object, String field) {
        if (!object.path(field).isObject()) {
            throw strange("no object " + field);
        }
        return object.path(field);
    }

    private RunId runId(JsonNode object, String field) {
        return RunId.parse(text(object, field));
    }

    private static @Nullable NodeId nodeId(JsonNode object, String field) {
        var text = optional(object, field);
        return text == null ? null : new NodeId(UUID.fromString(text));
    }

    private String text(JsonNode object, String field) {
        if (!object.path(field).isTextual()) {
            throw strange("no text " + field);
        }
        return object.path(field).asText();
    }

    private long number(JsonNode object, String field) {
        if (!object.path(field).isNumber()) {
            throw strange("no number " + field);
        }
        return object.path(field).asLong();
    }

    private double decimal(JsonNode object, String field) {
        if (!object.path(field).isNumber()) {
            throw strange("no number " + field);
        }
        return object.path(field).asDouble();
    }

    private boolean truth(JsonNode object, String field) {
        if (!object.path(field).isBoolean()) {
            throw strange("no true or false " + field);
        }
        return object.path(field).asBoolean();
    }

    private static @Nullable String optional(JsonNode object, String field) {
        return object.path(field).isTextual() ? object.path(field).asText() : null;
    }

    private static @Nullable Integer optionalInt(JsonNode object, String field) {
        return object.path(field).isNumber() ? object.path(field).asInt() : null;
    }

    private static @Nullable Long optionalLong(JsonNode object, String field) {
        return object.path(field).isNumber() ? object.path(field).asLong() : null;
    }

    private static @Nullable Double optionalDecimal(JsonNode object, String field) {
        return object.path(field).isNumber() ? object.path(field).asDouble() : null;
    }

    private ClusterUnreachable strange(String what) {
        return new ClusterUnreachable(
                "%s does not answer as a node of pgsync: %s".formatted(answer.node(), what),
                "check the address, and that the node has the version of this pgsync",
                null);
    }
}
