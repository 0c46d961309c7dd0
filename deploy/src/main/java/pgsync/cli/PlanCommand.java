package pgsync.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import pgsync.config.Setting;

/** A synchronization that writes nothing: {@code sync -dry-run} by a name, with an exit code that says whether there is anything to do. */
final class PlanCommand implements Command {
    /** As it is called where infrastructure is planned. */
    static final Extra DETAILED = new Extra(
            "detailed-exitcode", "", "end with 3 when a run would change rows, with 0 only when it would not");

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String summary() {
        return "tell what a run would do, write nothing; with -detailed-exitcode 3 when it would change rows";
    }

    @Override
    public Set<Setting> settings() {
        return EnumSet.complementOf(EnumSet.of(Setting.DRY_RUN));
    }

    @Override
    public List<Extra> extras() {
        return List.of(DETAILED, Extra.CLUSTER);
    }

    @Override
    public ExitCode run(Call call) {
        return new SyncCommand().run(call.with(Setting.DRY_RUN, "true"));
    }
}
