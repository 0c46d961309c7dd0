package pgsync.coordinator.examine;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pgsync.coordinator.discover.StagingCheck;
import pgsync.coordinator.examine.Finding.About;
import pgsync.sql.Step;
import pgsync.state.StateSchema;
import pgsync.table.ServerFacts;

/** Whether our role may do on the target what a run does there beside writing the tables. */
final class WritableTarget {
    private static final String RIGHTS = """
            select pg_catalog.pg_is_in_recovery() as standby,
                   current_setting('transaction_read_only')::boolean as read_only,
                   has_database_privilege(current_database(), 'create') as may_create_schemas,
                   (select has_schema_privilege(oid, 'create') from pg_catalog.pg_namespace where nspname = 'pgsync') as may_create_in_ours,
                   (select coalesce(bool_and(pg_has_role(c.relowner, 'usage') and has_schema_privilege(n.oid, 'create')), true)
                      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                     where n.nspname = 'pgsync' and c.relkind = 'r') as may_migrate,
                   (select string_agg(c.relname, ', ' order by c.relname)
                      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                     where n.nspname = 'pgsync' and c.relkind = 'r'
                       and not (has_schema_privilege(n.oid, 'usage')
                                and has_table_privilege(c.oid, 'select')
                                and (c.relname = 'migration'
                                     or has_table_privilege(c.oid, 'insert') and has_table_privilege(c.oid, 'update')
                                        and has_table_privilege(c.oid, 'delete')))) as closed
            """;

    private WritableTarget() {}

    static List<Finding> of(Pool target, ServerFacts facts) {
        var rights = Step.await(
                        "read rights on the target", () -> target.query(RIGHTS).execute())
                .iterator()
                .next();
        var findings = new ArrayList<Finding>();
        if (rights.getBoolean("standby")) {
            findings.add(Finding.stop(
                    About.TARGET,
                    "it is a standby, which cannot be written",
                    "name its primary with -target, or several hosts and target_session_attrs=read-write"));
        } else if (rights.getBoolean("read_only")) {
            findings.add(Finding.stop(
                    About.TARGET,
                    "this role's transactions are read only here (default_transaction_read_only)",
                    "alter role … set default_transaction_read_only = off"));
        } else {
            staging(target, facts).ifPresent(findings::add);
        }
        findings.add(state(target, rights));
        return findings;
    }

    private static Optional<Finding> staging(Pool target, ServerFacts facts) {
        var connection = Step.connect("connect", target);
        try {
            return StagingCheck.refusal(connection, facts)
                    .map(refused -> Finding.stop(About.TARGET, String.valueOf(refused.getMessage()), refused.remedy()));
        } finally {
            Step.await("give connection back", connection::close);
        }
    }

    private static Finding state(Pool target, Row rights) {
        var closed = rights.getString("closed");
        if (closed != null) {
            return Finding.stop(
                    About.TARGET,
                    "this role may not read and write every table of schema pgsync: " + closed,
                    "synchronize with the role that made the schema, or make this role a member of that one");
        }
        var version = StateSchema.version(target);
        if (version > StateSchema.CURRENT) {
            return Finding.stop(
                    About.TARGET,
                    "schema pgsync has version %d, this pgsync knows %d".formatted(version, StateSchema.CURRENT),
                    "use the newer pgsync on this machine too");
        }
        if (version == StateSchema.CURRENT) {
            return Finding.ok(About.TARGET, "schema pgsync is there, version " + version);
        }
        if (version > 0 && !rights.getBoolean("may_migrate")) {
            return Finding.stop(
                    About.TARGET,
                    "schema pgsync has version %d and has to be brought to %d, which only the owner of its tables may do"
                            .formatted(version, StateSchema.CURRENT),
                    "run once as the role that made the schema, or make this role a member of that one");
        }
        if (version > 0) {
            return Finding.note(
                    About.TARGET,
                    "schema pgsync has version %d: the next run brings it to %d"
                            .formatted(version, StateSchema.CURRENT),
                    null);
        }
        var ours = rights.getBoolean("may_create_in_ours");
        if (ours == null ? rights.getBoolean("may_create_schemas") : ours) {
            return Finding.ok(About.TARGET, "schema pgsync is made by the first run");
        }
        return Finding.stop(
                About.TARGET,
                ours == null
                        ? "schema pgsync is not there, and this role may not make it"
                        : "schema pgsync is empty, and this role may not make tables in it",
                "grant create on database … to this role, or: create schema pgsync authorization …");
    }
}
