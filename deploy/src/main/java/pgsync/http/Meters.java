package pgsync.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import java.util.Optional;
import pgsync.claim.Claim;
import pgsync.claim.TaskSource;
import pgsync.error.Trouble;
import pgsync.task.Outcome;

/**
 * What this process counts of its own work since it began. Safe from any thread. Counters of nodes add up: no event is counted by
 * two of them.
 */
public final class Meters {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counter upserted = rows("upserted");
    private final Counter deleted = rows("deleted");
    private final Counter unchanged = rows("unchanged");
    private final Counter bytesRead = Counter.builder("pgsync.bytes")
            .description("COPY bytes of tasks that this process finished")
            .tag("direction", "read")
            .register(registry);
    private final Counter fenceRejections = Counter.builder("pgsync.fence.rejections")
            .description("Transactions of this process that were refused because another node owns the task now")
            .register(registry);
    private final Counter requeues = Counter.builder("pgsync.requeues")
            .description("Tasks that this process, while it led, took from dead or frozen nodes")
            .register(registry);

    public Meters() {
        for (var trouble : Trouble.values()) {
            if (trouble.then() == Trouble.Then.RETRY) {
                retries(trouble).increment(0); // a series that begins with its first failure hides that one
            }
        }
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        registry.getPrometheusRegistry().register(new ProcessMetrics());
    }

    private Counter rows(String op) {
        return Counter.builder("pgsync.rows")
                .description("Rows of tasks that this process finished")
                .tag("op", op)
                .register(registry);
    }

    /** The same tasks, counting what becomes of each attempt. */
    public TaskSource counting(TaskSource tasks) {
        return new TaskSource() {
            @Override
            public Optional<Claim> next() {
                return tasks.next();
            }

            @Override
            public void ended(Claim claim, Outcome outcome) {
                count(outcome);
                tasks.ended(claim, outcome);
            }
        };
    }

    private void count(Outcome outcome) {
        switch (outcome) {
            case Outcome.Done(var counts) -> {
                upserted.increment((double) counts.upserted());
                deleted.increment((double) counts.deleted());
                unchanged.increment((double) counts.unchanged());
                bytesRead.increment((double) counts.bytes());
            }
            case Outcome.FenceLost() -> fenceRejections.increment();
            case Outcome.Failed(var trouble, var reason, var remedy) -> failed(trouble);
            case Outcome.GuardStopped(var reason, var remedy) -> {}
            case Outcome.GivenBack(var reason) -> {}
        }
    }

    private void failed(Trouble trouble) {
        if (trouble.then() == Trouble.Then.RETRY) {
            retries(trouble).increment();
        }
    }

    private Counter retries(Trouble trouble) {
        return Counter.builder("pgsync.retries")
                .description("Attempts of this process that failed in a way that is tried again")
                .tag("sqlstate_class", sqlStateClass(trouble))
                .register(registry);
    }

    /** The class that such a failure has in PostgreSQL's table of codes; the network's own failures have that of connections. */
    private static String sqlStateClass(Trouble trouble) {
        return switch (trouble) {
            case UNREACHABLE, CONNECTION_LOST -> "08";
            case SERVER_STARTING_OR_STOPPING, CANCELLED -> "57";
            case TOO_MANY_CONNECTIONS, DISK_FULL -> "53";
            case SERIALIZATION, STANDBY_CONFLICT -> "40";
            case LOCKED -> "55";
            case SNAPSHOT_GONE, SOURCE_LAGS -> "22";
            case NOT_AUTHENTICATED -> "28";
            case NO_SUCH_DATABASE -> "3D";
            case NOT_ALLOWED, ROW_SECURITY, COLUMN_MISSING, TABLE_MISSING -> "42";
            case UNIQUE_VIOLATION, FOREIGN_KEY_VIOLATION, STILL_REFERRED_TO, CONSTRAINT_VIOLATION, CHANGED_BY_TRIGGER ->
                "23";
            case BAD_VALUE, NO_SUCH_CHARACTER -> "22";
            case READ_ONLY -> "25";
            case VALUE_TOO_LARGE -> "54";
            case TLS_REFUSED, NOT_ACCEPTED, REWRITTEN, HEAP_TOO_SMALL, UNKNOWN -> "none";
        };
    }

    /** Tasks that this node, leading, took from an owner that is dead or frozen. */
    public void requeued(long tasks) {
        requeues.increment((double) tasks);
    }

    /** Figures that are read when somebody asks. */
    void add(MultiCollector figures) {
        registry.getPrometheusRegistry().register(figures);
    }

    void remove(MultiCollector figures) {
        registry.getPrometheusRegistry().unregister(figures);
    }

    /** Prometheus' text format 0.0.4. Waits for the target. */
    String scrape() {
        return registry.scrape();
    }
}
