package pgsync.cli;

import static java.util.stream.Collectors.joining;

import java.util.EnumSet;
import java.util.List;
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
    /** What a cluster is told of our settings, and what stays with us: how to reach it and how to tell the run. */
    static final Set<Setting> SENT = EnumSet.of(
            Setting.INCLUDE,
            Setting.EXCLUDE,
            Setting.RECONCILE,
            Setting.DRY_RUN,
            Setting.ALLOW_SKIPS,
            Setting.VERBOSE,
            Setting.JSON,
            Setting.CONFIG,
            Setting.HTTP_TOKEN,
            Setting.HTTP_TOKEN_FILE);

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
    public List<Extra> extras() {
        return List.of(Extra.CLUSTER);
    }

    @Override
    public ExitCode run(Call call) {
        return call.extra(Extra.CLUSTER.flag())
                .map(cluster -> tellRun(call, through(cluster, false, call)))
                .orElseGet(() -> tell(call, call.wiring().engine()));
    }

    /** The same, but rows are compared and none is changed. */
    static ExitCode verify(Call call) {
        return call.extra(Extra.CLUSTER.flag())
                .map(cluster -> tellRun(call, through(cluster, true, call)))
                .orElseGet(() -> tell(call, call.wiring().verifier()));
    }

    /** Runs one synchronization between the databases of the settings and tells it, whoever carries it out. */
    static ExitCode tell(Call call, Engine engine) {
        return tellRun(call, betweenOwnDatabases(engine));
    }

    private static ExitCode tellRun(Call call, Engine engine) {
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
        Logging.prepare(settings.output().verbose());
        return engine.sync(settings, output);
    }

    private static Engine betweenOwnDatabases(Engine engine) {
        return (settings, events) -> {
            settings.requiredSource();
            settings.requiredTarget();
            return engine.sync(settings, events);
        };
    }

    private static Engine through(String cluster, boolean verify, Call call) {
        return (settings, events) -> {
            refuseWhatIsNotSent(call.flags().keySet());
            return call.wiring().clusters().at(cluster, verify).sync(settings, events);
        };
    }

    /** Only of flags: a file and an environment may serve other commands as well. */
    private static void refuseWhatIsNotSent(Set<Setting> flags) {
        for (var setting : flags) {
            if (!SENT.contains(setting)) {
                throw new InvalidConfig(
                        "-%s has no effect with -cluster, whose coordinator has settings of its own; allowed beside it: %s"
                                .formatted(
                                        setting.flag(),
                                        SENT.stream().map(s -> "-" + s.flag()).collect(joining(", "))));
            }
        }
    }

    private static ExitCode tell(Call call, Settings settings, Function<RunOutput, RunReport> run) {
        var shell = call.shell();
        var streams = new Streams(shell.out(), shell.err(), shell.errIsTerminal(), shell.environment());
        try (var output = RunOutput.choose(streams, shell.clock(), settings)) {
            try {
                var report = run.apply(output);
                var code = ExitCode.of(report, settings.sync().allowSkips(), call.has(PlanCommand.DETAILED.flag()));
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
