package pgsync.http;

import com.sun.management.UnixOperatingSystemMXBean;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The process under the names that every Prometheus client library gives it. Where the system does not tell one, it is left out. */
final class ProcessMetrics implements MultiCollector {
    private static final Path LINUX = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    @Override
    public MetricSnapshots collect() {
        var figures = new ArrayList<MetricSnapshot>();
        figures.add(gauge(
                "process_start_time_seconds",
                "When the process began, in seconds since 1970",
                ManagementFactory.getRuntimeMXBean().getStartTime() / 1_000.0));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            figures.add(CounterSnapshot.builder()
                    .name("process_cpu_seconds")
                    .help("Processor time of the process")
                    .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                            .value(Math.max(0, system.getProcessCpuTime()) / 1e9)
                            .build())
                    .build());
            figures.add(
                    gauge("process_open_fds", "Open file descriptors", (double) system.getOpenFileDescriptorCount()));
            figures.add(
                    gauge("process_max_fds", "File descriptors allowed", (double) system.getMaxFileDescriptorCount()));
        }
        residentKilobytes()
                .forEach(kilobytes -> figures.add(
                        gauge("process_resident_memory_bytes", "Memory of the process in RAM", kilobytes * 1_024.0)));
        return new MetricSnapshots(figures);
    }

    static GaugeSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .value(value)
                        .build())
                .build();
    }

    private static List<Long> residentKilobytes() {
        try (var lines = Files.lines(LINUX)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
