package pgsync.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import pgsync.cli.output.HistoryTable;
import pgsync.config.Setting;

/** Shows what earlier runs did, from the log that stands in the target. */
final class HistoryCommand implements Command {
    @Override
    public String name() {
        return "history";
    }

    @Override
    public String summary() {
        return "show what earlier runs did, newest first";
    }

    @Override
    public Set<Setting> settings() {
        return EnumSet.of(Setting.TARGET, Setting.CONFIG, Setting.JSON, Setting.VERBOSE);
    }

    @Override
    public List<Extra> extras() {
        return List.of(
                new Extra("limit", "N", "at most so many lines, 1 to 100,000 (default 20)"),
                new Extra("table", "TABLE", "only this table: a name, or schema.table"));
    }

    @Override
    public ExitCode run(Call call) {
        var query = new History.Query(
                call.number("limit", 1, 100_000, 20), call.extra("table").orElse(null));
        var settings = call.settings();
        settings.requiredTarget();
        Logging.prepare(settings.output().verbose());
        switch (call.wiring().history().read(settings, query)) {
            case History.Answer.NeverUsed never -> {
                // Standard output stays empty of prose with -json: no line is no history.
                var to = settings.output().json() ? call.shell().err() : call.out();
                to.println("Nothing was synchronized into this target yet: it has no pgsync.sync_log.");
            }
            case History.Answer.Lines lines ->
                print(call, lines.lines(), settings.output().json());
        }
        return ExitCode.DONE;
    }

    private static void print(Call call, List<History.Line> lines, boolean json) {
        var table = new HistoryTable(call.out());
        if (json) {
            lines.forEach(line -> table.json(row(line)));
        } else {
            table.text(lines.stream().map(HistoryCommand::row).toList());
        }
    }

    private static HistoryTable.Row row(History.Line l) {
        return new HistoryTable.Row(
                l.runId(),
                l.schema(),
                l.table(),
                l.mode(),
                l.startTime(),
                l.endTime(),
                l.took(),
                l.status(),
                new HistoryTable.Counts(l.rowsUpserted(), l.rowsDeleted(), l.rowsUnchanged(), l.bytes()),
                l.watermarkFrom(),
                l.watermarkTo(),
                l.error());
    }
}
