package pgsync.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import pgsync.config.Setting;

/** A coordinator of a cluster: leads or stands by, until it is stopped. */
final class CoordinatorCommand implements Command {
    @Override
    public String name() {
        return "coordinator";
    }

    @Override
    public String summary() {
        return "join a cluster, plan runs, publish their tables for workers; another one takes over when it dies";
    }

    @Override
    public Set<Setting> settings() {
        return EnumSet.allOf(Setting.class);
    }

    @Override
    public List<Extra> extras() {
        return List.of(new Extra("run-once", "", "run one synchronization and stop, with the exit code of sync"));
    }

    @Override
    public ExitCode run(Call call) {
        var nodes = call.wiring().nodes();
        if (call.has("run-once")) {
            return SyncCommand.tell(call, nodes::coordinateOnce);
        }
        return NodeCommand.serve(
                call, (settings, output) -> nodes.coordinate(settings, new NodeTelling(output, settings), output));
    }
}
