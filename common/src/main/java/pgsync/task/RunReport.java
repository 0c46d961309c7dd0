package pgsync.task;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** What became of a run, table by table in the order they ended. {@code rowsEstimated} and counts are of selected tables only. */
public record RunReport(RunId run, boolean dryRun, List<TableReport> tables, Duration took) {
    public RunReport {
        tables = List.copyOf(tables);
    }

    /** Rows that were upserted or deleted, or would be, in all tables. */
    public long changes() {
        return tables.stream()
                .mapToLong(table -> table.rowsUpserted() + table.rowsDeleted())
                .sum();
    }

    /** Rows that a verification found to differ, in all tables. */
    public long differences() {
        return tables.stream()
                .map(TableReport::differences)
                .filter(Objects::nonNull)
                .mapToLong(TableDifferences::total)
                .sum();
    }

    /** The same without what names single rows. */
    public RunReport withoutExamples() {
        return new RunReport(
                run, dryRun, tables.stream().map(TableReport::withoutExamples).toList(), took);
    }

    /** How the run is called in {@code pgsync.run} when it has ended. */
    public String state() {
        if (count(TableReport.Status.FAILED) + count(TableReport.Status.GUARD) > 0) {
            return "failed";
        }
        return count(TableReport.Status.CANCELLED) > 0 ? "cancelled" : "done";
    }

    public long count(TableReport.Status status) {
        return tables.stream().filter(t -> t.status() == status).count();
    }

    /**
     * The tables as a JSON array, for a run that leaves no history: {@code schema}, {@code table}, {@code mode}, {@code status} as in
     * {@code sync_log} or {@code guard}, counts, {@code error}, {@code remedy}, {@code millis}, and {@code differences} of a table that was
     * verified, an object with the components of {@link TableDifferences}.
     */
    public String toJson() {
        return toJson(UnaryOperator.identity());
    }

    /** The same, with each text spelled so; names, reasons and keys come from the source and may have characters the target lacks. */
    public String toJson(UnaryOperator<String> spelled) {
        var json = JsonMapper.builder().build();
        var all = json.createArrayNode();
        for (var table : tables) {
            var one = all.addObject()
                    .put("schema", spelled.apply(table.table().schema()))
                    .put("table", spelled.apply(table.table().table()))
                    .put("mode", table.mode())
                    .put("status", table.status().name().toLowerCase(Locale.ROOT))
                    .put("rowsUpserted", table.rowsUpserted())
                    .put("rowsDeleted", table.rowsDeleted())
                    .put("rowsUnchanged", table.rowsUnchanged())
                    .put("bytes", table.bytes())
                    .put("error", table.error() == null ? null : spelled.apply(table.error()))
                    .put("remedy", table.remedy() == null ? null : spelled.apply(table.remedy()))
                    .put("millis", table.took().toMillis());
            if (table.differences() != null) {
                one.set("differences", json.valueToTree(table.differences().spelled(spelled)));
            }
        }
        return all.toString();
    }
}
