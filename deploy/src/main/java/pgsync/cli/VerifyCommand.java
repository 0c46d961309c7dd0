package pgsync.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import pgsync.config.Setting;

/** Compares the rows of both sides and changes none. */
final class VerifyCommand implements Command {
    @Override
    public String name() {
        return "verify";
    }

    @Override
    public String summary() {
        return "compare every row of both sides, change none; 3 when some differ";
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
                Setting.CONSISTENCY,
                Setting.ALLOW_SKIPS,
                Setting.CONFIG,
                Setting.VERBOSE,
                Setting.JSON,
                Setting.HTTP_TOKEN,
                Setting.HTTP_TOKEN_FILE);
    }

    @Override
    public List<Extra> extras() {
        return List.of(Extra.CLUSTER);
    }

    @Override
    public ExitCode run(Call call) {
        return SyncCommand.verify(call);
    }
}
