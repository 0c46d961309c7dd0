package pgsync.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import pgsync.config.SyncConfig;

/**
 * What a run is asked to do, beyond the settings of the coordinator that takes it up. Stored as JSON in {@code pgsync.run.request}.
 *
 * @param include patterns of tables as in the setting of that name; empty for the coordinator's own
 * @param exclude patterns of tables to leave out, added to the coordinator's own
 */
public record RunRequest(List<String> include, List<String> exclude, Mode mode, boolean dryRun) {
    /** Everything as the coordinator's settings say. */
    public static final RunRequest AS_CONFIGURED = new RunRequest(List.of(), List.of(), Mode.SYNC, false);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What a run compares. */
    public enum Mode {
        /** What changed by its timestamp, and keys. */
        SYNC,
        /** Whole rows, whatever their timestamps say. */
        RECONCILE,
        /** Whole rows, and none is changed. */
        VERIFY;

        /** As it stands in {@code pgsync.run.mode} and in HTTP. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RunRequest {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** The settings of one run. Throws {@link pgsync.config.InvalidConfig} when they make no sense together. */
    public SyncConfig in(SyncConfig own) {
        var excluded = new java.util.ArrayList<>(own.exclude());
        excluded.addAll(exclude);
        return new SyncConfig(
                own.schemas(),
                include.isEmpty() ? own.include() : include,
                excluded,
                own.timestamps(),
                own.parallel(),
                own.batchSize(),
                own.verbose(),
                own.reconcile() || mode == Mode.RECONCILE,
                own.dryRun() || dryRun || mode == Mode.VERIFY,
                own.delete(),
                own.maxDeletePercent(),
                own.forceDeletes(),
                own.consistentRun(),
                own.overlap(),
                own.timestampZone(),
                own.allowSkips(),
                own.keepHistory(),
                own.tables());
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request is plain data", e);
        }
    }

    /** Reads what {@link #toJson} wrote. */
    public static RunRequest ofJson(String json) {
        try {
            return JSON.readValue(json, RunRequest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("pgsync.run.request holds what no pgsync wrote", e);
        }
    }
}
