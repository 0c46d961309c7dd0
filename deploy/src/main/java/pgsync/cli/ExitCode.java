package pgsync.cli;

import java.util.Arrays;
import pgsync.task.RunReport;
import pgsync.task.TableReport;

/** Every code the program ends with, and when. */
public enum ExitCode {
    DONE(0, "every selected table is done, or there was nothing to do"),
    SOME_FAILED(1, "some tables failed"),
    USAGE(2, "usage or configuration is wrong"),
    DIFFERENT(3, "verify found differences, or plan -detailed-exitcode found changes"),
    CANNOT_CONNECT(4, "cannot connect or authenticate"),
    REFUSED(5, "refused before anything was written"),
    SOME_SKIPPED(6, "some tables were skipped; -allow-skips makes that 0"),
    GUARD(7, "the delete guard stopped a table"),
    CLUSTER_UNREACHABLE(8, "the cluster cannot be reached"),
    RUN_HELD(9, "another run holds the tables"),
    INTERNAL(70, "internal error"),
    INTERRUPTED(130, "stopped by SIGINT"),
    TERMINATED(143, "stopped by SIGTERM");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }

    /** The one with this number; INTERNAL for a number that is none of ours, or says that all went well. */
    static ExitCode ofCode(int code) {
        return Arrays.stream(values())
                .filter(known -> known.code == code && known != DONE)
                .findFirst()
                .orElse(INTERNAL);
    }

    /**
     * Where several apply, a failure outweighs the guard, the guard differences, and those a skip. A cancelled table was not done: a
     * failure.
     */
    public static ExitCode of(RunReport report, boolean allowSkips) {
        return of(report, allowSkips, false);
    }

    /** @param changesCount rows that were or would be written are differences too */
    static ExitCode of(RunReport report, boolean allowSkips, boolean changesCount) {
        if (report.count(TableReport.Status.FAILED) + report.count(TableReport.Status.CANCELLED) > 0) {
            return SOME_FAILED;
        }
        if (report.count(TableReport.Status.GUARD) > 0) {
            return GUARD;
        }
        if (report.differences() > 0 || (changesCount && report.changes() > 0)) {
            return DIFFERENT;
        }
        return report.count(TableReport.Status.SKIPPED) > 0 && !allowSkips ? SOME_SKIPPED : DONE;
    }
}
