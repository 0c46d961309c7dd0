package pgsync.cli;

import java.util.EnumSet;
import java.util.Set;
import pgsync.cli.output.RunOutput;
import pgsync.cli.output.Streams;
import pgsync.config.Setting;

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
        var settings = call.settings();
        var shell = call.shell();
        var streams = new Streams(shell.out(), shell.err(), shell.errIsTerminal(), shell.environment());
        try (var output = RunOutput.choose(streams, shell.clock(), settings)) {
            try {
                settings.requiredSource();
                settings.requiredTarget();
                Logging.prepare(settings.output().verbose());
                var report = call.wiring().engine().sync(settings, output);
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
