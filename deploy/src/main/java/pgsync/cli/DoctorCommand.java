package pgsync.cli;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import pgsync.cli.output.FindingOutput;
import pgsync.config.Setting;
import pgsync.config.Settings;
import pgsync.coordinator.examine.Finding.Level;

/** Looks at both databases and tells what a run would meet: rights, room, tables that would be left out. Writes nothing. */
final class DoctorCommand implements Command {
    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public String summary() {
        return "look at both databases before a run: rights, connections, tables; write nothing";
    }

    @Override
    public Set<Setting> settings() {
        return EnumSet.of(
                Setting.SOURCE,
                Setting.TARGET,
                Setting.SCHEMA,
                Setting.INCLUDE,
                Setting.EXCLUDE,
                Setting.TIMESTAMP,
                Setting.TIMESTAMP_ZONE,
                Setting.PARALLEL,
                Setting.DELETE,
                Setting.CONSISTENCY,
                Setting.OVERLAP,
                Setting.ALLOW_SKIPS,
                Setting.CONFIG,
                Setting.VERBOSE,
                Setting.JSON);
    }

    @Override
    public ExitCode run(Call call) {
        var json = "true".equals(call.flags().get(Setting.JSON));
        try {
            var settings = call.settings();
            json = settings.output().json();
            settings.requiredSource();
            settings.requiredTarget();
            Logging.prepare(settings.output().verbose());
            return examine(call, settings);
        } catch (RuntimeException | Error e) {
            // Who asked for JSON reads a summary last, whatever happens. The error itself is told where those of all
            // commands are.
            var failure = Failure.of(e);
            new FindingOutput(call.out(), json)
                    .fail(failure.message(), failure.remedy(), failure.code().code());
            throw e;
        }
    }

    private static ExitCode examine(Call call, Settings settings) {
        var counts = new EnumMap<Level, Integer>(Level.class);
        var output = new FindingOutput(call.out(), settings.output().json());
        call.wiring().doctor().examine(settings, finding -> {
            counts.merge(finding.level(), 1, Integer::sum);
            output.tell(finding);
        });
        var code = code(counts, settings.sync().allowSkips());
        output.finish(counts, code.code());
        return code;
    }

    /** As a run would end, as far as can be told before it. */
    private static ExitCode code(Map<Level, Integer> counts, boolean allowSkips) {
        if (counts.containsKey(Level.UNREACHABLE)) {
            return ExitCode.CANNOT_CONNECT;
        }
        if (counts.containsKey(Level.STOP)) {
            return ExitCode.REFUSED;
        }
        return counts.containsKey(Level.SKIP) && !allowSkips ? ExitCode.SOME_SKIPPED : ExitCode.DONE;
    }
}
