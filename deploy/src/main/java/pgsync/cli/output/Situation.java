package pgsync.cli.output;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pgsync.status.Page;
import pgsync.status.RunStatus;
import pgsync.status.TableStatus;
import pgsync.task.NodeId;

/**
 * How a cluster stands.
 *
 * @param leader who leads, null while nobody does
 * @param runs newest first
 * @param failed the first of the tables whose last run failed
 * @param behind the tables that are furthest behind, the worst first
 */
public record Situation(
        String cluster,
        @Nullable NodeId leader,
        List<Member> members,
        List<RunStatus> runs,
        Page<TableStatus> failed,
        List<TableStatus> behind) {
    public Situation {
        members = List.copyOf(members);
        runs = List.copyOf(runs);
        behind = List.copyOf(behind);
    }

    /** The same without what changes from second to second although nothing happens. */
    public Situation withoutAges() {
        return new Situation(
                cluster,
                leader,
                members.stream().map(Situation::withoutAge).toList(),
                runs.stream().map(Situation::withoutAge).toList(),
                new Page<>(failed.items().stream().map(Situation::withoutAge).toList(), failed.total()),
                behind.stream().map(Situation::withoutAge).toList());
    }

    private static Member withoutAge(Member m) {
        return new Member(
                m.id(),
                m.name(),
                m.role(),
                m.address(),
                m.http(),
                m.version(),
                null,
                m.tasks(),
                m.slots(),
                m.note(),
                m.alive());
    }

    private static RunStatus withoutAge(RunStatus r) {
        return new RunStatus(
                r.id(),
                r.mode(),
                r.state(),
                r.dryRun(),
                r.requestedBy(),
                r.cluster(),
                r.coordinator(),
                r.cancelRequested(),
                r.startedAt(),
                r.finishedAt(),
                r.snapshot(),
                r.horizon(),
                r.tasks(),
                r.rowsEstimated(),
                r.exitCode(),
                r.error(),
                r.remedy(),
                r.differences(),
                r.notes(),
                r.counts(),
                new RunStatus.Pace(0, 0, 0, r.pace().progress(), null));
    }

    private static TableStatus withoutAge(TableStatus t) {
        return new TableStatus(
                t.table(),
                t.state(),
                t.mode(),
                t.watermarkColumn(),
                t.watermark(),
                null,
                t.lastSuccess(),
                t.lastVerified(),
                t.lastError(),
                t.currentRun(),
                t.lastRun());
    }

    /**
     * A node. What it has not yet said of itself is null.
     *
     * @param note why it does no work, null while it does
     * @param alive false when its heartbeat is older than the lease
     */
    public record Member(
            NodeId id,
            String name,
            String role,
            @Nullable String address,
            @Nullable String http,
            String version,
            @Nullable Long heartbeatAgeMs,
            @Nullable Integer tasks,
            @Nullable Integer slots,
            @Nullable String note,
            boolean alive) {}
}
