package pgsync.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to synchronize, without the connections. Values are final once read.
 *
 * @param schemas names or wildcards, tried in order
 * @param include patterns of tables to take, empty for all; {@code schema.table} or a table name alone
 * @param exclude patterns of tables to leave out, applied after {@code include}
 * @param timestamps columns tried in order in each table
 * @param parallel tables or slices at a time on this node, 1 to 256
 * @param batchSize rows per upsert or delete transaction, 1 to 10,000,000; null grows by itself
 * @param overlap re-read window where transactions of others cannot be seen, 0 to 30 days
 * @param maxDeletePercent delete guard, 0 to 100
 * @param timestampZone zone of the values in columns {@code TIMESTAMP WITHOUT TIME ZONE}, null when unknown (then every zone on earth is allowed for)
 * @param keepHistory age at which ended runs are forgotten, 1 day to 36,500 days
 * @param tables rules by table name, either {@code schema.table} or a table name alone
 */
public record SyncConfig(
        List<String> schemas,
        List<String> include,
        List<String> exclude,
        List<String> timestamps,
        int parallel,
        @Nullable Integer batchSize,
        boolean verbose,
        boolean reconcile,
        boolean dryRun,
        boolean delete,
        int maxDeletePercent,
        boolean forceDeletes,
        boolean consistentRun,
        Duration overlap,
        @Nullable String timestampZone,
        boolean allowSkips,
        Duration keepHistory,
        Map<String, TableRule> tables) {
    public static final SyncConfig DEFAULT = new SyncConfig(
            List.of("public"),
            List.of(),
            List.of(),
            List.of("updated_at"),
            4,
            null,
            false,
            false,
            false,
            true,
            25,
            false,
            true,
            Duration.ofMinutes(10),
            null,
            false,
            Duration.ofDays(90),
            Map.of());

    public SyncConfig {
        schemas = List.copyOf(schemas);
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        timestamps = List.copyOf(timestamps);
        tables = Map.copyOf(tables);
        if (schemas.isEmpty()) {
            throw new InvalidConfig("schema", "empty", "a schema name, a comma list, wildcards");
        }
        if (parallel < 1 || parallel > 256) {
            throw new InvalidConfig("parallel", parallel, "1 to 256");
        }
        if (batchSize != null && (batchSize < 1 || batchSize > 10_000_000)) {
            throw new InvalidConfig("batchSize", batchSize, "1 to 10,000,000");
        }
        if (maxDeletePercent < 0 || maxDeletePercent > 100) {
            throw new InvalidConfig("maxDeletePercent", maxDeletePercent, "0 to 100");
        }
        if (overlap.isNegative() || overlap.compareTo(Duration.ofDays(30)) > 0) {
            throw new InvalidConfig("overlap", overlap, "0s to 30d");
        }
        if (keepHistory.compareTo(Duration.ofDays(1)) < 0 || keepHistory.compareTo(Duration.ofDays(36_500)) > 0) {
            throw new InvalidConfig("keepHistory", keepHistory, "1d to 36500d");
        }
    }

    /** The same, but nothing is written. */
    public SyncConfig rehearsed() {
        return with(true);
    }

    /** The same, and what is to be done is done. */
    public SyncConfig inEarnest() {
        return with(false);
    }

    private SyncConfig with(boolean rehearsal) {
        return new SyncConfig(
                schemas,
                include,
                exclude,
                timestamps,
                parallel,
                batchSize,
                verbose,
                reconcile,
                rehearsal,
                delete,
                maxDeletePercent,
                forceDeletes,
                consistentRun,
                overlap,
                timestampZone,
                allowSkips,
                keepHistory,
                tables);
    }
}
