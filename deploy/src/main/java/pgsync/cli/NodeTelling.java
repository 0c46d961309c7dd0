package pgsync.cli;

import pgsync.cli.output.RunOutput;
import pgsync.config.Settings;
import pgsync.coordinator.lead.RunTelling;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.task.RunId;
import pgsync.task.RunReport;

/** Tells the runs of a coordinator one after the other on the output of its process. */
final class NodeTelling implements RunTelling {
    private final RunOutput output;
    private final Settings settings;

    NodeTelling(RunOutput output, Settings settings) {
        this.output = output;
        this.settings = settings;
    }

    @Override
    public RunEvents of(RunId run) {
        return event -> output.on(withoutKeys(event));
    }

    /** What a node tells stands in logs for long and is read by many: keys of rows that differ are kept with the run alone. */
    private static RunEvent withoutKeys(RunEvent event) {
        return event instanceof RunEvent.TableEnded(var report)
                ? new RunEvent.TableEnded(report.withoutExamples())
                : event;
    }

    @Override
    public void ended(RunId run, RunReport report) {
        output.finish(
                report.withoutExamples(),
                ExitCode.of(report, settings.sync().allowSkips()).code());
    }

    @Override
    public Cause brokeOff(RunId run, RuntimeException cause) {
        var failure = Failure.of(cause);
        output.fail(failure.message(), failure.remedy(), failure.code().code());
        return new Cause(failure.code().code(), failure.message(), failure.remedy());
    }
}
