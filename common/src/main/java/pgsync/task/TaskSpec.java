package pgsync.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is asked to do, complete; stored as JSON in {@code pgsync.task.spec}, so it names no secret.
 *
 * @param batchRows rows per transaction as a person fixed it, null to grow
 * @param delete rows that the source does not have may be deleted at all
 * @param maxDeletePercent share of the target's rows that may be deleted, 100 and {@code forceDeletes} for any
 */
public record TaskSpec(
        TableSpec table,
        List<Work> steps,
        @Nullable Integer batchRows,
        boolean delete,
        int maxDeletePercent,
        boolean forceDeletes,
        boolean dryRun) {
    private static final JsonMapper JSON = JsonMapper.builder()
            // The target stores it, and its encoding may lack characters of the source's names.
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public TaskSpec {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a task has at least one step");
        }
    }

    /** Loads what reading and writing specs needs, about a tenth of a second of a process's start; to be done beside waiting. */
    public static void warmUp() {
        var table = new TableSpec(
                new TableName("a", "a"),
                true,
                true,
                List.of(),
                List.of(),
                true,
                true,
                List.of(),
                null,
                null,
                true,
                false,
                List.of(),
                true,
                false,
                TableSpec.Hash.EXTENDED,
                false,
                List.of(),
                0);
        var spec = new TaskSpec(
                table,
                List.of(
                        new Work.Copy(new Slice.Blocks(0, -1), true),
                        new Work.Upsert("", null),
                        new Work.Keys(true, null)),
                null,
                true,
                0,
                false,
                false);
        if (!spec.equals(ofJson(spec.toJson()))) {
            throw new IllegalStateException("a task spec changes when it is written and read");
        }
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a task spec cannot be written: " + e.getOriginalMessage(), e);
        }
    }

    public static TaskSpec ofJson(String json) {
        try {
            return JSON.readValue(json, TaskSpec.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a task spec of another version of pgsync: " + e.getOriginalMessage(), e);
        }
    }
}
