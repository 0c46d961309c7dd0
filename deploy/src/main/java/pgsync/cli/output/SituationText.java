package pgsync.cli.output;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pgsync.cli.output.Situation.Member;
import pgsync.status.RunStatus;
import pgsync.status.TableStatus;

/** How a cluster stands, in lines for people: nodes, what is running, what ran, what is wrong. */
public final class SituationText {
    private static final List<String> MEMBERS =
            List.of("NODE", "ROLE", "VERSION", "HTTP", "STATE", "TASKS", "HEARTBEAT");
    private static final List<String> RUNS =
            List.of("START", "RUN", "MODE", "STATE", "TABLES", "UPSERTED", "DELETED", "TOOK");

    private SituationText() {}

    public static List<String> of(Situation s) {
        var lines = new ArrayList<String>();
        members(s, lines);
        runs(s, lines);
        tables(s, lines);
        return lines;
    }

    private static void members(Situation s, List<String> lines) {
        var roles = new TreeMap<String, Integer>();
        s.members().forEach(m -> roles.merge(m.role(), 1, Integer::sum));
        var counted = new ArrayList<String>();
        roles.forEach((role, count) -> counted.add(Words.count(count, Words.line(role))));
        lines.add("Cluster %s: %s"
                .formatted(Words.line(s.cluster()), counted.isEmpty() ? "no node" : String.join(", ", counted)));
        if (!s.members().isEmpty()) {
            lines.addAll(new Columns(MEMBERS, 5)
                    .lines(s.members().stream().map(m -> cells(m, s)).toList()));
        }
        lines.add("");
    }

    private static List<String> cells(Member m, Situation s) {
        return List.of(
                Words.line(m.name()),
                Words.line(m.role()) + (m.id().equals(s.leader()) ? ", leads" : ""),
                Words.line(m.version()),
                m.http() == null ? "-" : Words.line(m.http()),
                m.alive() ? Optional.ofNullable(m.note()).map(Words::line).orElse("ok") : "silent",
                (m.tasks() == null ? "?" : Words.number(m.tasks())) + " of "
                        + (m.slots() == null ? "?" : Words.number(m.slots())),
                m.heartbeatAgeMs() == null ? "-" : Words.took(Duration.ofMillis(m.heartbeatAgeMs())));
    }

    private static void runs(Situation s, List<String> lines) {
        s.runs().stream().filter(r -> !r.ended()).forEach(r -> lines.addAll(open(r)));
        var ended = s.runs().stream().filter(RunStatus::ended).toList();
        if (s.runs().isEmpty()) {
            lines.add("No run yet.");
        } else if (s.runs().size() == ended.size()) {
            lines.add("No run is open.");
        }
        lines.add("");
        if (ended.isEmpty()) {
            return;
        }
        var table = new Columns(RUNS, 4)
                .lines(ended.stream().map(SituationText::cells).toList());
        lines.add(table.getFirst());
        for (var i = 0; i < ended.size(); i++) {
            lines.add(table.get(i + 1));
            why(lines, ended.get(i).error(), ended.get(i).remedy());
        }
        lines.add("");
    }

    private static List<String> open(RunStatus r) {
        var c = r.counts();
        var first = "Run %s: %s%s, %s for %s, asked for by %s"
                .formatted(
                        r.id(),
                        Words.line(r.mode()),
                        r.dryRun() ? " (dry run)" : "",
                        r.cancelRequested() ? "being cancelled" : Words.line(r.state()),
                        Words.took(seconds(r.pace().seconds())),
                        Words.line(r.requestedBy()));
        if (c.tables() == null) {
            return List.of(first);
        }
        var progress = r.pace().progress();
        var eta = r.pace().etaSeconds();
        return List.of(
                first,
                "  %s%s, %s rows/s, %s/s%s"
                        .formatted(
                                progress == null ? "" : (int) Math.min(99, progress * 100) + "% ",
                                Words.count(c.rowsUpserted() + c.rowsDeleted() + c.rowsUnchanged(), "row"),
                                Words.number(Math.round(r.pace().rowsPerSecond())),
                                Words.bytes(Math.round(r.pace().bytesPerSecond())),
                                eta == null ? "" : ", ETA " + Words.took(Duration.ofSeconds(eta))),
                "  " + Words.count(c.tables(), "table") + ": " + tables(c));
    }

    private static String tables(RunStatus.RunCounts c) {
        var parts = new ArrayList<String>();
        parts.add(Words.number(c.tablesDone()) + " done");
        parts.add(Words.number(c.tablesOpen()) + " open");
        add(parts, c.tablesFailed(), "failed");
        add(parts, c.tablesGuarded(), "stopped by the delete guard");
        add(parts, c.tablesSkipped(), "skipped");
        add(parts, c.tablesCancelled(), "cancelled");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(Words.number(count) + " " + what);
        }
    }

    private static List<String> cells(RunStatus r) {
        var c = r.counts();
        return List.of(
                Words.watermark(r.startedAt()),
                r.id().toString(),
                Words.line(r.mode()) + (r.dryRun() ? " (dry run)" : ""),
                Words.line(r.state()),
                Words.number(c.tablesDone()) + " of " + (c.tables() == null ? "-" : Words.number(c.tables())),
                Words.number(c.rowsUpserted()),
                Words.number(c.rowsDeleted()),
                Words.took(seconds(r.pace().seconds())));
    }

    private static void tables(Situation s, List<String> lines) {
        if (s.failed().total() == 0) {
            lines.add("No table failed.");
        } else {
            lines.add(Words.count(s.failed().total(), "table") + " failed:");
            s.failed().items().forEach(t -> failed(t, lines));
            var more = s.failed().total() - s.failed().items().size();
            if (more > 0) {
                lines.add("  and " + Words.count(more, "more table"));
            }
        }
        if (!s.behind().isEmpty()) {
            lines.add("Furthest behind:");
            s.behind()
                    .forEach(t -> lines.add("  %s - %s%s"
                            .formatted(
                                    t.table().display(),
                                    t.lagSeconds() == null ? "?" : Words.took(seconds(t.lagSeconds())),
                                    t.watermark() == null ? "" : ", watermark " + Words.watermark(t.watermark()))));
        }
    }

    private static void failed(TableStatus t, List<String> lines) {
        var run = t.lastRun();
        lines.add("  %s - last success %s"
                .formatted(t.table().display(), t.lastSuccess() == null ? "never" : Words.watermark(t.lastSuccess())));
        var error = run == null || run.error() == null ? t.lastError() : run.error();
        why(lines, error, run == null ? null : run.remedy());
    }

    private static void why(List<String> lines, @Nullable String error, @Nullable String remedy) {
        if (error != null) {
            lines.add("    " + Words.line(error));
        }
        if (remedy != null) {
            lines.add("    remedy: " + Words.line(remedy));
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
