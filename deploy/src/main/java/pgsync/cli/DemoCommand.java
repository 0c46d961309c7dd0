package pgsync.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import pgsync.config.Setting;
import pgsync.error.Refused;

/** Shows the product at work without any database of the user's. */
final class DemoCommand implements Command {
    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String summary() {
        return "show it at work on two servers of its own, with a proof at the end";
    }

    @Override
    public Set<Setting> settings() {
        return EnumSet.noneOf(Setting.class);
    }

    @Override
    public List<Extra> extras() {
        return List.of(new Extra("keep", "", "let the servers run at the end, until Enter or Ctrl-C"));
    }

    @Override
    public ExitCode run(Call call) {
        Logging.prepare(false);
        try {
            var equal =
                    call.wiring().demonstration().show(call.out(), call.shell().in(), call.has("keep"));
            return equal ? ExitCode.DONE : ExitCode.SOME_FAILED;
        } catch (NoClassDefFoundError e) {
            throw new Refused(
                    "the demo's PostgreSQL is not on the class path: " + e.getMessage(), "start it with ./pgsync demo");
        }
    }
}
