package pgsync.coordinator.ledger;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import pgsync.error.StepFailed;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.sql.Step;
import pgsync.task.RunId;
import pgsync.task.TableName;
import pgsync.task.TableReport;

/** What a verification has to do with the books: it leaves none of its own. Every method waits for the target. */
public final class VerifiedTables {
    private static final String READABLE = """
            select count(*) = 3
              from pg_catalog.pg_class c
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'pgsync' and c.relname in ('run', 'task', 'table_state')
               and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
            """;

    private static final String OPEN_RUN = """
            select r.id
              from pgsync.table_state s
              join pgsync.run r on r.id = s.current_run
             where r.finished_at is null
               and (s.schema_name, s.table_name) in (select * from unnest($1::text[], $2::text[]))
             limit 1
            """;

    private static final String RECORD = """
            update pgsync.table_state
               set last_verified = $3
             where (schema_name, table_name) in (select * from unnest($1::text[], $2::text[]))
            """;

    private final Pool target;

    private VerifiedTables(Pool target) {
        this.target = target;
    }

    /** Empty when nothing was ever synchronized into the target, and for a role that may read its tables and not our books. */
    public static Optional<VerifiedTables> in(Pool target) {
        return first(target, "look for the state of tables", READABLE).getBoolean(0)
                ? Optional.of(new VerifiedTables(target))
                : Optional.empty();
    }

    private static Row first(Pool target, String step, String sql) {
        return Step.await(step, () -> target.query(sql).execute()).iterator().next();
    }

    /** A run that has not ended and holds one of these tables. */
    public Optional<RunId> runInTheWay(Collection<TableName> tables) {
        var names = List.copyOf(tables);
        var rows =
                Step.await("look for runs", () -> target.preparedQuery(OPEN_RUN).execute(both(names)));
        for (var row : rows) {
            return Optional.of(new RunId(row.get(UUID.class, 0)));
        }
        return Optional.empty();
    }

    /** The target's clock. */
    public OffsetDateTime now() {
        return first(target, "ask for the time", "select clock_timestamp()").getOffsetDateTime(0);
    }

    /** Notes in the state of each table that was found equal when that was. A role that may not write there has not verified less. */
    public void record(Collection<TableReport> reports, OffsetDateTime asOf, RunEvents events) {
        var equal = reports.stream()
                .filter(r -> r.differences() != null && r.differences().total() == 0)
                .map(TableReport::table)
                .toList();
        if (equal.isEmpty()) {
            return;
        }
        try {
            var unused = Step.await(
                    "record what was verified",
                    () -> target.preparedQuery(RECORD).execute(both(equal).addValue(asOf)));
        } catch (StepFailed e) {
            events.on(new RunEvent.Detail("not recorded: " + e.getMessage()));
        }
    }

    /** {@code Tuple.of} would take an array for its elements. */
    private static Tuple both(List<TableName> tables) {
        return Tuple.tuple().addValue(schemas(tables)).addValue(names(tables));
    }

    private static String[] schemas(List<TableName> tables) {
        return tables.stream().map(TableName::schema).toArray(String[]::new);
    }

    private static String[] names(List<TableName> tables) {
        return tables.stream().map(TableName::table).toArray(String[]::new);
    }
}
