package pgsync.cli;

import java.util.EnumSet;
import java.util.Set;
import pgsync.config.Setting;

/** Says which pgsync this is and which Java runs it. */
final class VersionCommand implements Command {
    @Override
    public String name() {
        return "version";
    }

    @Override
    public String summary() {
        return "print the version (also -version)";
    }

    @Override
    public Set<Setting> settings() {
        return EnumSet.noneOf(Setting.class);
    }

    @Override
    public ExitCode run(Call call) {
        call.out().println(line());
        return ExitCode.DONE;
    }

    static String line() {
        return "pgsync %s (Java %s)".formatted(version(), Runtime.version());
    }

    static String version() {
        var version = VersionCommand.class.getPackage().getImplementationVersion();
        // Only a jar has a manifest: classes run from a build directory have no version.
        return version == null ? "development build" : version;
    }
}
