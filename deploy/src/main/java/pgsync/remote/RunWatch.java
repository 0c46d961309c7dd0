package pgsync.remote;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pgsync.error.ClusterUnreachable;
import pgsync.error.FailedElsewhere;
import pgsync.error.Stopped;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.status.RunNote;
import pgsync.status.RunStatus;
import pgsync.status.RunStatus.RunCounts;
import pgsync.status.TableOfRun;
import pgsync.table.LeftOut;
import pgsync.task.RunId;
import pgsync.task.RunReport;
import pgsync.task.TableName;
import pgsync.task.TableReport;
import pgsync.time.Pause;

/** Looks at a run again and again and tells what is new, as the run itself would. One thread. */
final class RunWatch {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    /** Reading the tables of a large schema takes a while: the nodes shall have a rest of some times as long. */
    private static final int REST = 4;
    /** Nodes that were killed come back, or others take over; three minutes is what a run itself waits for a server. */
    private static final int MOST_FAILED_LOOKS = 90;

    private static final Duration AFTER_A_FAILED_LOOK = Duration.ofSeconds(2);
    /** A process that was told to end has ten seconds; workers give their tasks back in less. */
    private static final int LOOKS_AFTER_CANCELLING = 14;

    /** The exit code of a run of which nothing else is known. */
    private static final int FAILED = 1;

    private final Cluster cluster;
    private final RunId run;
    private final RunEvents events;
    private final Pause pause;
    private final Set<TableName> started = new HashSet<>();
    private final Map<TableName, RunEvent.Progress> seen = new HashMap<>();
    private final Set<TableName> ended = new HashSet<>();
    private boolean planned;
    private int noted;
    private @Nullable RunCounts lastSeen;

    RunWatch(Cluster cluster, RunId run, RunEvents events, Pause pause) {
        this.cluster = cluster;
        this.run = run;
        this.events = events;
        this.pause = pause;
    }

    /**
     * Throws {@link FailedElsewhere} for a run that ended before its tables were published, {@link ClusterUnreachable} when no node
     * answers for minutes, {@link Stopped} when the thread is interrupted; the run goes on then.
     */
    RunReport untilEnd() {
        while (true) {
            var began = System.nanoTime();
            var report = patiently(this::look);
            if (report != null) {
                return report;
            }
            rest(Duration.ofNanos(Math.max(BETWEEN_LOOKS.toNanos(), REST * (System.nanoTime() - began))));
        }
    }

    /** As {@link #untilEnd} for a run that was asked to stop, but not for long. */
    RunReport untilCancelled() {
        for (var looks = 0; looks < LOOKS_AFTER_CANCELLING; looks++) {
            var report = look();
            if (report != null) {
                return report;
            }
            rest(BETWEEN_LOOKS);
        }
        throw new Stopped("run " + run + ", which was asked to stop and has not ended yet", new InterruptedException());
    }

    /** Null while the run is open. */
    private @Nullable RunReport look() {
        // The run first: what its tables say later is at least as new, so an ended run has its last word from each
        // table.
        var now = cluster.run(run);
        tellNotes(now);
        tellPlan(now);
        if (!now.ended()) {
            if (planned && !now.counts().equals(lastSeen)) {
                lastSeen = now.counts();
                cluster.tables(run).forEach(this::tell);
            }
            return null;
        }
        if (now.error() != null) {
            throw new FailedElsewhere(now.exitCode() == null ? FAILED : now.exitCode(), now.error(), now.remedy());
        }
        var tables = cluster.tables(run);
        tables.forEach(this::tell);
        return ended(now, tables);
    }

    /** What was noted since the last look; the list of a run only grows. */
    private void tellNotes(RunStatus now) {
        var leftOut = new ArrayList<LeftOut>();
        for (var note : now.notes()
                .subList(Math.min(noted, now.notes().size()), now.notes().size())) {
            var table = note.table();
            var kind = kind(note);
            if (table != null && kind.isPresent()) {
                leftOut.add(new LeftOut(table, kind.get(), note.message()));
            } else {
                events.on(new RunEvent.Warning(table, note.message(), note.remedy() == null ? "" : note.remedy()));
            }
        }
        noted = now.notes().size();
        if (!leftOut.isEmpty()) {
            events.on(new RunEvent.LeftOutOfRun(leftOut));
        }
    }

    private static Optional<LeftOut.Kind> kind(RunNote note) {
        return Arrays.stream(LeftOut.Kind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(note.kind()))
                .findFirst();
    }

    private void tellPlan(RunStatus now) {
        var tables = now.counts().tables();
        if (tables != null && !planned) {
            planned = true;
            events.on(new RunEvent.Planned(
                    run,
                    tables,
                    now.tasks() == null ? 0 : now.tasks(),
                    now.rowsEstimated() == null ? 0 : now.rowsEstimated()));
        }
    }

    private void tell(TableOfRun table) {
        switch (Phase.of(table)) {
            case Phase.Waiting waiting -> {}
            case Phase.Running running -> {
                if (started.add(table.table())) {
                    events.on(new RunEvent.TableStarted(table.table(), table.mode()));
                }
                tellProgress(new RunEvent.Progress(
                        table.table(), table.rowsUpserted() + table.rowsUnchanged(), table.bytes()));
            }
            case Phase.Ended(var report) -> {
                if (ended.add(table.table())) {
                    events.on(new RunEvent.TableEnded(report));
                }
            }
        }
    }

    private void tellProgress(RunEvent.Progress now) {
        var before = seen.put(now.table(), now);
        if (before == null) {
            events.on(now);
        } else if (!before.equals(now)) {
            events.on(new RunEvent.Progress(now.table(), now.rows() - before.rows(), now.bytes() - before.bytes()));
        }
    }

    private RunReport ended(RunStatus now, List<TableOfRun> tables) {
        var reports = tables.stream()
                .map(Phase::of)
                .filter(Phase.Ended.class::isInstance)
                .map(phase -> ((Phase.Ended) phase).report())
                .toList();
        var report = new RunReport(
                run, now.dryRun() || now.mode().equals(TableReport.VERIFY), reports, Duration.ofMillis((long)
                        (now.pace().seconds() * 1000)));
        // A run that nobody had begun when it was cancelled has no table that could say so, and must not look like a
        // success.
        if (!now.state().equals("done") && reports.stream().allMatch(RunWatch::isNoFailure)) {
            throw new FailedElsewhere(
                    FAILED,
                    "run %s ended as %s".formatted(run, now.state()),
                    "ask again; pgsync history shows which tables were done");
        }
        events.on(new RunEvent.Ended(report));
        return report;
    }

    private static boolean isNoFailure(TableReport table) {
        return switch (table.status()) {
            case DONE, SKIPPED -> true;
            case FAILED, CANCELLED, GUARD -> false;
        };
    }

    private <T extends @Nullable Object> T patiently(Supplier<T> look) {
        for (var failed = 1; ; failed++) {
            try {
                return look.get();
            } catch (ClusterUnreachable e) {
                if (failed == MOST_FAILED_LOOKS) {
                    throw new ClusterUnreachable(
                            "run %s is out of sight, which does not stop it: %s".formatted(run, e.getMessage()),
                            "pgsync status -cluster shows it when a node can be reached again; pgsync history what became of it",
                            e);
                }
                if (failed == 1) {
                    events.on(new RunEvent.Warning(
                            null, "the run cannot be seen now: " + e.getMessage(), "nothing to do: it is tried again"));
                }
                rest(AFTER_A_FAILED_LOOK);
            }
        }
    }

    private void rest(Duration time) {
        try {
            pause.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("run " + run, e);
        }
    }
}
