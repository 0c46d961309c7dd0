package pgsync.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is asked to do, complete; stored as JSON in {@code pgsync.task.spec}, so it names no secret.
 *
 * @param batchRows rows per transaction as a person fixed it, null to grow
 * @param maxDeletePercent share of the target's rows that may be deleted, 100 and {@code forceDeletes} for any
 */
public record TaskSpec(
        TableSpec table,
        List<Work> steps,
        @Nullable Integer batchRows,
        int maxDeletePercent,
        boolean forceDeletes,
        boolean dryRun) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public TaskSpec {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a task has at least one step");
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
