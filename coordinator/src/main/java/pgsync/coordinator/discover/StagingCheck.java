package pgsync.coordinator.discover;

import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;
import pgsync.error.Refused;
import pgsync.sql.Quoted;
import pgsync.sql.ReplicationRole;
import pgsync.sql.Step;
import pgsync.table.ServerFacts;

/**
 * Whether the target lets our role make temporary tables, in which changed rows and keys arrive. Tried out rather than read: beside the right
 * to make them, an event trigger may be against it (manual, chapter 40), which a role that may set {@code session_replication_role} passes by.
 */
public final class StagingCheck {
    private static final String STEP = "make a temporary table on the target";
    private static final String TABLES = "create temp table pgsync_stage (v int) on commit drop;"
            + "drop table pg_temp.pgsync_stage;"
            + "create temp table pgsync_stage on commit drop as select 1 as v";

    private StagingCheck() {}

    /** Empty where it does. Leaves nothing behind, and throws {@link pgsync.error.StepFailed} as a run does where the target is not to be written. */
    public static Optional<Refused> refusal(SqlConnection target, ServerFacts facts) {
        var role = facts.maySetReplicationRole() ? ReplicationRole.REPLICA + ";" : "";
        var mistake = Trial.on(
                target,
                facts.major(),
                STEP,
                () -> Trial.mistake(
                        () -> Step.await(STEP, () -> target.query(role + TABLES).execute())));
        return Optional.ofNullable(mistake)
                .map(
                        reason -> new Refused(
                                "this role may not make temporary tables, in which changed rows and keys arrive: %s"
                                        .formatted(Quoted.printable(reason)),
                                "grant temporary on database … to this role, see deploy/grants.sql; where an event trigger forbids it, "
                                        + "let it pass those that are temporary, or grant the right to set session_replication_role"));
    }
}
