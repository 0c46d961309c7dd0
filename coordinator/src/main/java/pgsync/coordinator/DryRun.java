package pgsync.coordinator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pgsync.claim.Claim;
import pgsync.claim.Rehearsal;
import pgsync.coordinator.moment.SourceMoment;
import pgsync.coordinator.plan.Plan;
import pgsync.coordinator.plan.PlannedTable;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.task.Counts;
import pgsync.task.Fence;
import pgsync.task.Outcome;
import pgsync.task.RunId;
import pgsync.task.RunReport;
import pgsync.task.TableReport;
import pgsync.task.TaskId;

/** A run that reads everything and writes nothing: its tasks stay in this process, and what they would have done is the report. */
final class DryRun {
    private final RunId run;
    private final RunEvents events;

    DryRun(RunId run, RunEvents events) {
        this.run = run;
        this.events = events;
    }

    RunReport play(Plan plan, SourceMoment moment, SyncRun.Slots slots) {
        var began = System.nanoTime();
        var claims = new ArrayList<Claim>();
        for (var table : plan.tables()) {
            for (var task : table.tasks()) {
                claims.add(new Claim(
                        new TaskId(claims.size() + 1L),
                        run,
                        new Fence(0),
                        1,
                        0,
                        moment.snapshot(),
                        moment.reached(),
                        table.mode(),
                        task.spec()));
            }
        }
        var rehearsal = new Rehearsal(claims);
        slots.play(rehearsal);
        var outcomes = rehearsal.awaitAll().stream()
                .collect(Collectors.groupingBy(
                        played -> played.claim().spec().table().table(),
                        Collectors.mapping(Rehearsal.Played::outcome, Collectors.toList())));
        var reports = new ArrayList<TableReport>();
        for (var table : plan.tables()) {
            reports.add(rehearsed(table, outcomes.getOrDefault(table.table(), List.of())));
        }
        plan.refusals()
                .forEach(r -> reports.add(new TableReport(
                        r.table(),
                        "none",
                        TableReport.Status.SKIPPED,
                        0,
                        0,
                        0,
                        0,
                        null,
                        null,
                        r.reason(),
                        r.remedy(),
                        Duration.ZERO)));
        reports.sort(Comparator.comparing(TableReport::table));
        reports.forEach(r -> events.on(new RunEvent.TableEnded(r)));
        var report = new RunReport(run, true, reports, Duration.ofNanos(System.nanoTime() - began));
        events.on(new RunEvent.Ended(report));
        return report;
    }

    private static TableReport rehearsed(PlannedTable table, List<Outcome> outcomes) {
        var counts = Counts.NONE;
        var status = TableReport.Status.DONE;
        @Nullable String error = null;
        @Nullable String remedy = null;
        for (var outcome : outcomes) {
            switch (outcome) {
                case Outcome.Done(var more) -> counts = counts.plus(more);
                case Outcome.Failed(var trouble, var reason, var what) -> {
                    status = TableReport.Status.FAILED;
                    error = reason;
                    remedy = what;
                }
                case Outcome.GuardStopped(var reason, var what) -> {
                    status = TableReport.Status.GUARD;
                    error = reason;
                    remedy = what;
                }
                case Outcome.GivenBack(var reason) -> status = TableReport.Status.CANCELLED;
                case Outcome.FenceLost() -> status = TableReport.Status.CANCELLED;
            }
        }
        return new TableReport(
                table.table(),
                table.mode(),
                status,
                counts.upserted(),
                counts.deleted(),
                counts.unchanged(),
                counts.bytes(),
                null,
                null,
                error,
                remedy,
                Duration.ZERO);
    }
}
