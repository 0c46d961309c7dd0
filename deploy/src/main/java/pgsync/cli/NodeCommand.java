package pgsync.cli;

import java.util.function.BiConsumer;
import pgsync.cli.output.RunOutput;
import pgsync.cli.output.Streams;
import pgsync.config.Settings;

/** What coordinators and workers have in common as commands: they stay until they are stopped. */
final class NodeCommand {
    private NodeCommand() {}

    static ExitCode serve(Call call, BiConsumer<Settings, RunOutput> node) {
        var settings = call.settings();
        settings.requiredSource();
        settings.requiredTarget();
        Logging.prepare(settings.output().verbose());
        var shell = call.shell();
        // No bar: several runs may be told at a time, and nobody sits in front of it.
        var streams = new Streams(shell.out(), shell.err(), false, shell.environment());
        try (var output = RunOutput.choose(streams, shell.clock(), settings)) {
            node.accept(settings, output);
        }
        return ExitCode.DONE;
    }
}
