package pgsync.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import pgsync.table.LeftOut;
import pgsync.task.RunReport;
import pgsync.task.TableDifferences;
import pgsync.task.TableDifferences.Kind;
import pgsync.task.TableReport;
import pgsync.task.TableReport.Status;

/** The sentences about a table and about a run. */
final class Telling {
    private static final int MOST_LEFT_OUT = 10;

    private Telling() {}

    /** {@code public.users - upserted 1,204 rows, deleted 3, watermark 2026-11-23T15:30:40Z}. */
    static String table(TableReport t, boolean dryRun) {
        var rows = rows(t.rowsUpserted(), t.rowsDeleted(), dryRun);
        var watermark = t.watermarkTo() == null ? "" : ", watermark " + Words.watermark(t.watermarkTo());
        var sentence = switch (t.status()) {
            case DONE -> t.differences() == null ? rows + watermark : compared(t.differences());
            case FAILED -> "failed" + why(t) + soFar(t, dryRun);
            case SKIPPED -> "skipped" + why(t);
            case GUARD -> "stopped by the delete guard" + why(t) + soFar(t, dryRun);
            case CANCELLED -> "cancelled" + why(t) + soFar(t, dryRun);
        };
        return t.table().display() + " - " + sentence;
    }

    /** {@code equal, 1,204 rows}, or {@code 3 rows differ, 1 is missing on the target, 2 are only there; of 1,204}. */
    private static String compared(TableDifferences d) {
        var rows = Words.count(Math.max(d.sourceRows(), d.targetRows()), "row");
        if (d.total() == 0) {
            return "equal, " + rows;
        }
        var parts = new ArrayList<String>();
        addKind(parts, d, d.different(), "different", Kind.DIFFERENT);
        addKind(parts, d, d.missing(), "missing on the target", Kind.MISSING);
        addKind(parts, d, d.extra(), "only on the target", Kind.EXTRA);
        var newer = d.newer() == 0
                ? ""
                : "; %s changed on the source since the last run, the next one brings them"
                        .formatted(Words.number(d.newer()));
        return "of %s: %s%s".formatted(rows, String.join("; ", parts), newer);
    }

    private static void addKind(List<String> parts, TableDifferences d, long count, String what, Kind kind) {
        if (count == 0) {
            return;
        }
        var examples = d.examples().stream()
                .filter(e -> e.kind() == kind)
                .map(e -> Words.line(e.key())
                        + (e.columns().isEmpty() ? "" : " in " + Words.line(String.join(", ", e.columns()))))
                .toList();
        var keys = examples.isEmpty()
                ? ""
                : " (key " + String.join(", ", examples) + (count > examples.size() ? ", …" : "") + ")";
        parts.add(Words.number(count) + " " + what + keys);
    }

    private static String rows(long upserted, long deleted, boolean dryRun) {
        return dryRun
                ? "dry run: would upsert %s, delete %s".formatted(Words.count(upserted, "row"), Words.number(deleted))
                : "upserted %s, deleted %s".formatted(Words.count(upserted, "row"), Words.number(deleted));
    }

    private static String soFar(TableReport t, boolean dryRun) {
        return t.rowsUpserted() + t.rowsDeleted() == 0
                ? ""
                : "; until then " + rows(t.rowsUpserted(), t.rowsDeleted(), dryRun);
    }

    private static String why(TableReport t) {
        var reason = t.error() == null ? "" : ": " + Words.line(t.error());
        return t.remedy() == null ? reason : reason + "; remedy: " + Words.line(t.remedy());
    }

    /** The total, then every table that is not done with its reason and its remedy, then how many those are. */
    static List<String> summary(RunReport report) {
        var totals = Totals.of(report);
        var lines = new ArrayList<String>();
        lines.add(total(report, totals));
        for (var status : List.of(Status.FAILED, Status.GUARD, Status.CANCELLED, Status.SKIPPED)) {
            report.tables().stream()
                    .filter(t -> t.status() == status)
                    .sorted((a, b) -> a.table().compareTo(b.table()))
                    .forEach(t -> {
                        lines.add("  %-9s  %s%s"
                                .formatted(
                                        word(status),
                                        t.table().display(),
                                        t.error() == null ? "" : ": " + Words.line(t.error())));
                        if (t.remedy() != null) {
                            lines.add("             remedy: " + Words.line(t.remedy()));
                        }
                    });
        }
        notDone(report, totals).ifPresent(lines::add);
        return lines;
    }

    private static String total(RunReport report, Totals t) {
        var took = Words.took(report.took());
        if (isVerification(report)) {
            return "Verified %s in %s: %s compared, %s"
                    .formatted(Words.count(t.verified(), "table"), took, Words.count(t.compared(), "row"), found(t));
        }
        if (report.tables().isEmpty()) {
            return (report.dryRun() ? "Dry run, nothing written: " : "") + "no table is selected, nothing to do, "
                    + took;
        }
        var unchanged = t.unchanged() == 0 ? "" : ", unchanged " + Words.number(t.unchanged());
        var tables = Words.count(t.done(), "table");
        return report.dryRun()
                ? "Dry run, nothing written: %s checked in %s, would upsert %s, delete %s%s, %s read"
                        .formatted(
                                tables,
                                took,
                                Words.count(t.upserted(), "row"),
                                Words.number(t.deleted()),
                                unchanged,
                                Words.bytes(t.bytes()))
                : "Synchronized %s in %s: upserted %s, deleted %s%s, %s read"
                        .formatted(
                                tables,
                                took,
                                Words.count(t.upserted(), "row"),
                                Words.number(t.deleted()),
                                unchanged,
                                Words.bytes(t.bytes()));
    }

    private static String found(Totals t) {
        if (t.differences() > 0) {
            return "%s in %s"
                    .formatted(Words.count(t.differences(), "difference"), Words.count(t.different(), "table"));
        }
        return t.verified() == 0 ? "nothing is known" : "all equal";
    }

    private static boolean isVerification(RunReport report) {
        return report.tables().stream().anyMatch(table -> table.mode().equals(TableReport.VERIFY));
    }

    private static Optional<String> notDone(RunReport report, Totals t) {
        var parts = new ArrayList<String>();
        add(parts, t.failed(), "failed");
        add(parts, t.guarded(), "stopped by the delete guard");
        add(parts, t.cancelled(), "cancelled");
        add(parts, t.skipped(), "skipped");
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        (isVerification(report) ? "Not verified: " : "Not synchronized: ") + String.join(", ", parts));
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(Words.count(count, "table") + " " + what);
        }
    }

    /** {@code Left out: public.v, public.w (a view has no rows of its own); public.f (…); 12 more, which -verbose names}. */
    static Optional<String> leftOut(List<LeftOut> leftOut, boolean all) {
        if (leftOut.isEmpty()) {
            return Optional.empty();
        }
        var named = all ? leftOut : leftOut.subList(0, Math.min(leftOut.size(), MOST_LEFT_OUT));
        var byReason = new LinkedHashMap<String, List<String>>();
        named.forEach(left -> byReason.computeIfAbsent(left.reason(), reason -> new ArrayList<>())
                .add(left.name().display()));
        var parts = new ArrayList<String>();
        byReason.forEach((reason, names) -> parts.add(String.join(", ", names) + " (" + Words.line(reason) + ")"));
        if (named.size() < leftOut.size()) {
            parts.add(Words.number(leftOut.size() - named.size()) + " more, which -verbose names");
        }
        return Optional.of("Left out: " + String.join("; ", parts));
    }

    static String word(LeftOut.Kind kind) {
        return switch (kind) {
            case VIEW -> "view";
            case MATERIALIZED_VIEW -> "materialized view";
            case FOREIGN_TABLE -> "foreign table";
            case PARTITION -> "partition";
            case EXTENSION_MEMBER -> "extension member";
        };
    }

    static String word(Status status) {
        return switch (status) {
            case DONE -> "done";
            case FAILED -> "failed";
            case SKIPPED -> "skipped";
            case CANCELLED -> "cancelled";
            case GUARD -> "guard";
        };
    }
}
