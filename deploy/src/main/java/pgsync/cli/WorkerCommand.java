package pgsync.cli;

import java.util.EnumSet;
import java.util.Set;
import pgsync.config.Setting;

/** A worker of a cluster: takes tasks, until it is stopped. */
final class WorkerCommand implements Command {
    @Override
    public String name() {
        return "worker";
    }

    @Override
    public String summary() {
        return "join a cluster and take tables that its coordinator publishes";
    }

    @Override
    public Set<Setting> settings() {
        return EnumSet.allOf(Setting.class);
    }

    @Override
    public ExitCode run(Call call) {
        return NodeCommand.serve(call, call.wiring().nodes()::work);
    }
}
