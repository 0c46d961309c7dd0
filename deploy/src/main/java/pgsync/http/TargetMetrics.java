package pgsync.http;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.status.Status;
import pgsync.status.Totals;

/**
 * Figures of the whole cluster, read from the target when somebody scrapes, so every node tells the same: take the greatest of them,
 * not the sum. While the target is away they are missing and {@code pgsync_target_up} is 0; the scrape itself never fails.
 */
final class TargetMetrics implements MultiCollector {
    private static final List<String> RESULTS = List.of("done", "failed", "cancelled");
    private static final List<String> STATES = List.of("pending", "claimed", "done", "failed", "cancelled");
    private static final List<String> ROLES = List.of("coordinator", "worker");

    private final NodeView node;
    private final Status status;

    TargetMetrics(NodeView node, Status status) {
        this.node = node;
        this.status = status;
    }

    @Override
    public MetricSnapshots collect() {
        var figures = new ArrayList<MetricSnapshot>();
        figures.add(ProcessMetrics.gauge(
                "pgsync_queue_depth", "Tasks that wait on the board, as this node sees it", node.queueDepth()));
        figures.add(gauge("pgsync_cluster_members", "Members, as this node sees them", "role", ROLES, members()));
        try {
            ofTarget(status.totals(), figures);
            figures.add(ProcessMetrics.gauge("pgsync_target_up", "1 when the target answers this node", 1));
        } catch (StepFailed | Stopped e) {
            figures.add(ProcessMetrics.gauge("pgsync_target_up", "1 when the target answers this node", 0));
        }
        return new MetricSnapshots(figures);
    }

    private Map<String, Long> members() {
        return node.members().stream()
                .collect(Collectors.groupingBy(
                        member -> member.node().role().name().toLowerCase(Locale.ROOT), Collectors.counting()));
    }

    private static void ofTarget(Totals totals, List<MetricSnapshot> figures) {
        var runs = CounterSnapshot.builder().name("pgsync_runs").help("Runs that ended, of every node");
        withZeros(RESULTS, totals.endedRuns())
                .forEach((result, count) -> runs.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(Labels.of("result", result))
                        .value(count)
                        .build()));
        figures.add(runs.build());
        figures.add(SummarySnapshot.builder()
                .name("pgsync_run_duration_seconds")
                .help("Durations of runs that ended, of every node")
                .dataPoint(SummaryDataPointSnapshot.builder()
                        .count(totals.endedRuns().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .sum(totals.secondsOfRuns())
                        .build())
                .build());
        figures.add(ProcessMetrics.gauge(
                "pgsync_verify_differences",
                "Rows that differed in the last verification of the cluster, NaN before the first",
                totals.differences() == null ? Double.NaN : totals.differences()));
        figures.add(gauge("pgsync_tasks", "Tasks of open runs", "state", STATES, totals.tasks()));
        var successes = GaugeSnapshot.builder()
                .name("pgsync_table_last_success_timestamp_seconds")
                .help("When a table last ended well");
        totals.successes()
                .forEach(success -> successes.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(Labels.of(
                                "schema",
                                success.table().schema(),
                                "table",
                                success.table().table()))
                        .value(success.epochSeconds())
                        .build()));
        figures.add(successes.build());
    }

    private static GaugeSnapshot gauge(
            String name, String help, String label, List<String> usual, Map<String, Long> values) {
        var gauge = GaugeSnapshot.builder().name(name).help(help);
        withZeros(usual, values)
                .forEach((value, count) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(Labels.of(label, value))
                        .value(count)
                        .build()));
        return gauge.build();
    }

    /** A series that is missing until something happens for the first time hides just that first time. */
    private static Map<String, Long> withZeros(List<String> usual, Map<String, Long> values) {
        var all = new TreeMap<>(values);
        usual.forEach(value -> all.putIfAbsent(value, 0L));
        return all;
    }
}
