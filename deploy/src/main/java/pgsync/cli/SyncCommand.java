package pgsync.cli;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import pgsync.cli.output.RunOutput;
import pgsync.cli.output.Streams;
import pgsync.config.InvalidConfig;
import pgsync.config.OutputConfig;
import pgsync.config.Setting;
import pgsync.config.Settings;
import pgsync.task.RunReport;

/** Synchronizes once: reads the settings, lets the engine run, tells how it went. */
final class SyncCommand implements Command {
    @Override
    public String name() {
        return "sync";
    }

    @Override
    public String summary() {
        return "bring the target in step with the source (also without its name)";
    }

    @Override
    public Set<Setting> settings() {
        return EnumSet.allOf(Setting.class);
    }

    @Override
    public ExitCode run(Call call) {
        return tell(call, call.wiring().engine());
    }

    /** Runs one synchronization and tells it, whoever carries it out. */
    static ExitCode tell(Call call, Engine engine) {
        final Settings settings;
        try {
            settings = call.settings();
        } catch (InvalidConfig e) {
            // Who asked for JSON reads JSON, also where the other settings cannot be read.
            var output = new OutputConfig("true".equals(call.flags().get(Setting.JSON)), false);
            return tell(call, Settings.DEFAULT.with(output), ignored -> {
                throw e;
            });
        }
        return tell(call, settings, output -> run(engine, settings, output));
    }

    private static RunReport run(Engine engine, Settings settings, RunOutput output) {
        settings.requiredSource();
        settings.requiredTarget();
        Logging.prepare(settings.output().verbose());
        return engine.sync(settings, output);
    }

    private static ExitCode tell(Call call, Settings settings, Function<RunOutput, RunReport> run) {
        var shell = call.shell();
        var streams = new Streams(shell.out(), shell.err(), shell.errIsTerminal(), shell.environment());
        try (var output = RunOutput.choose(streams, shell.clock(), settings)) {
            try {
                var report = run.apply(output);
                var code = ExitCode.of(report, settings.sync().allowSkips());
                output.finish(report, code.code());
                return code;
            } catch (RuntimeException | Error e) {
                var failure = Failure.of(e);
                output.fail(failure.message(), failure.remedy(), failure.code().code());
                Program.trace(e, failure, settings.output().verbose(), shell.err());
                return failure.code();
            }
        }
    }
}
