package pgsync.table;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import pgsync.error.Refused;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.Quoted;
import pgsync.sql.Step;
import pgsync.task.TableName;

/**
 * Reads the whole catalogue of one side in one snapshot and three network round trips, whatever the number of tables. Waits
 * for PostgreSQL: call on a virtual thread, with a connection that has no transaction open; it is given back the same way.
 */
public final class CatalogReader {
    private CatalogReader() {}

    /**
     * Tables of all schemas that the names or wildcards mean; a pattern that means none is no error here. Whether the role may
     * set {@code session_replication_role} matters only where we write: of a source this says whether it is a superuser.
     */
    public static Catalog readSource(SqlConnection connection, List<String> schemas) {
        return read(connection, patterns(schemas), false);
    }

    /** As {@link #readSource}, and tries out {@code session_replication_role = replica}. */
    public static Catalog readTarget(SqlConnection connection, List<String> schemas) {
        return read(connection, patterns(schemas), true);
    }

    /** Foreign keys that leave or enter tables of these schemas, as the catalogue names them. In whatever transaction is open. */
    public static List<ForeignKey> foreignKeys(SqlConnection connection, Collection<String> schemas) {
        return foreignKeys(Step.await(
                "read the foreign keys",
                () -> connection
                        .preparedQuery(CatalogSql.FOREIGN_KEYS)
                        .execute(Tuple.tuple().addArrayOfString(schemas.toArray(String[]::new)))));
    }

    private static List<NamePattern> patterns(List<String> schemas) {
        return schemas.stream()
                .map(schema -> NamePattern.parse("schema", schema))
                .toList();
    }

    private static Catalog read(SqlConnection connection, List<NamePattern> patterns, boolean isTarget) {
        try (var snapshot = new Snapshot(connection)) {
            var facts = snapshot.ask("read the server's facts", CatalogSql.FACTS);
            var schemaNames = snapshot.ask("list the schemas", CatalogSql.SCHEMAS);
            var maySetRole = isTarget ? snapshot.tryReplicationRole() : null;
            var fact = facts.rows().iterator().next();
            refuseDamagePassedBy(fact, isTarget ? "target" : "source");
            var identifier = fact.getBoolean("reads_control")
                    ? snapshot.ask("read the system identifier", CatalogSql.SYSTEM_IDENTIFIER)
                    : null;

            var schemas = meant(patterns, schemaNames.rows());
            var tables = snapshot.ask("read the tables", CatalogSql.TABLES, schemas);
            var types = snapshot.ask("read the types", CatalogSql.TYPES, schemas);
            var columns = snapshot.ask("read the columns", CatalogSql.COLUMNS, schemas);
            var indexes = snapshot.ask("read the unique indexes", CatalogSql.UNIQUE_INDEXES, schemas);
            var sequences = snapshot.ask("read the sequences", CatalogSql.SEQUENCES, schemas);
            var triggers = snapshot.ask("read the triggers", CatalogSql.TRIGGERS, schemas);
            var foreignKeys = snapshot.ask("read the foreign keys", CatalogSql.FOREIGN_KEYS, schemas);
            var leftOut = snapshot.ask("read what is left out", CatalogSql.LEFT_OUT, schemas);

            var server = server(
                    fact,
                    identifier == null
                            ? null
                            : identifier.rows().iterator().next().getString(0),
                    maySetRole == null ? fact.getBoolean("superuser") : maySetRole.worked());
            // First of all: what fails in a transaction fails all that follows, and the first failure names the reason.
            var tableRows = tables.rows();
            var parts = new TableParts();
            types.rows().forEach(parts::addType);
            columns.rows().forEach(parts::addColumn);
            indexes.rows().forEach(parts::addUniqueIndex);
            sequences.rows().forEach(parts::addSequence);
            triggers.rows().forEach(parts::addTrigger);
            return new Catalog(
                    server,
                    List.of(schemas),
                    shapes(tableRows, parts),
                    leftOut(leftOut.rows()),
                    foreignKeys(foreignKeys.rows()));
        }
    }

    /** A superuser sets them off again ({@link pgsync.sql.PinnedSettings}). */
    private static void refuseDamagePassedBy(Row fact, String side) {
        if (fact.getBoolean("passes_damage_by") && !fact.getBoolean("superuser")) {
            var role = fact.getString("role");
            throw new Refused(
                    "zero_damaged_pages or ignore_checksum_failure is on for role %s on the %s: what a damaged page has lost would not be told"
                            .formatted(Quoted.printable(role), side),
                    "have a superuser do: alter role %s set zero_damaged_pages = off, and the same for the other"
                            .formatted(Quoted.printable(Quoted.identifier(role))));
        }
    }

    private static String[] meant(List<NamePattern> patterns, RowSet<Row> rows) {
        var existing = new ArrayList<String>();
        rows.forEach(row -> existing.add(row.getString("schema")));
        var meant = new LinkedHashSet<String>();
        patterns.forEach(pattern -> meant.addAll(pattern.among(existing)));
        return meant.toArray(String[]::new);
    }

    private static ServerFacts server(Row row, @Nullable String systemIdentifier, boolean maySetReplicationRole) {
        var superuser = row.getBoolean("superuser");
        return new ServerFacts(
                row.getInteger("version"),
                "%s/%d/%s"
                        .formatted(
                                Objects.requireNonNullElse(systemIdentifier, ServerFacts.UNKNOWN_SYSTEM),
                                row.getLong("database_oid"),
                                row.getString("database")),
                row.getString("database"),
                row.getString("role"),
                row.getString("encoding"),
                row.getBoolean("in_recovery"),
                superuser || row.getBoolean("reads_all_stats"),
                maySetReplicationRole,
                superuser || row.getBoolean("signals_backends"),
                row.getString("time_zone"),
                row.getInteger("backend_pid"),
                row.getLong("started"),
                row.getBoolean("large_objects"),
                row.getLong("money_units"),
                row.getString("collation"),
                row.getString("sort_order"));
    }

    private static Map<TableName, TableShape> shapes(RowSet<Row> rows, TableParts parts) {
        var shapes = new HashMap<TableName, TableShape>();
        for (var row : rows) {
            var shape = parts.shape(row);
            shapes.put(shape.name(), shape);
        }
        return shapes;
    }

    private static List<LeftOut> leftOut(RowSet<Row> rows) {
        var leftOut = new ArrayList<LeftOut>();
        for (var row : rows) {
            leftOut.add(leftOut(row));
        }
        return leftOut;
    }

    private static LeftOut leftOut(Row row) {
        var name = new TableName(row.getString("schema"), row.getString("name"));
        @Nullable String extension = row.getString("extension");
        @Nullable String rootName = row.getString("root_name");
        if (extension != null) {
            return new LeftOut(name, LeftOut.Kind.EXTENSION_MEMBER, "belongs to extension " + extension);
        }
        if (rootName != null) {
            var root = new TableName(row.getString("root_schema"), rootName);
            return new LeftOut(
                    name,
                    LeftOut.Kind.PARTITION,
                    "a partition of %s, which is synchronized as a whole".formatted(root));
        }
        return switch (row.getString("kind")) {
            case "v" -> new LeftOut(name, LeftOut.Kind.VIEW, "a view has no rows of its own");
            case "m" ->
                new LeftOut(name, LeftOut.Kind.MATERIALIZED_VIEW, "a materialized view is refreshed, not written");
            case "f" ->
                new LeftOut(name, LeftOut.Kind.FOREIGN_TABLE, "a foreign table keeps its rows in another place");
            // A partition whose parent was detached concurrently: pg_inherits has let it go, pg_class has not yet.
            case "r", "p" -> new LeftOut(name, LeftOut.Kind.PARTITION, "a partition that is being detached");
            default -> throw new IllegalStateException("relkind " + row.getString("kind") + " of " + name);
        };
    }

    private static List<ForeignKey> foreignKeys(RowSet<Row> rows) {
        var keys = new ArrayList<ForeignKey>();
        for (var row : rows) {
            keys.add(new ForeignKey(
                    row.getString("name"),
                    new TableName(row.getString("from_schema"), row.getString("from_name")),
                    Arrays.asList(row.getArrayOfStrings("columns")),
                    new TableName(row.getString("to_schema"), row.getString("to_name")),
                    Arrays.asList(row.getArrayOfStrings("referenced_columns")),
                    row.getBoolean("deferrable"),
                    row.getBoolean("validated"),
                    row.getBoolean("enforced"),
                    row.getBoolean("period"),
                    row.getBoolean("match_full"),
                    row.getString("equal"),
                    new TableName(row.getString("child_schema"), row.getString("child_name")),
                    new TableName(row.getString("parent_schema"), row.getString("parent_name"))));
        }
        return keys;
    }

    /** A statement that is on its way, in a pipeline of several. */
    private record Answer(String step, Future<RowSet<Row>> future) {
        RowSet<Row> rows() {
            return Step.await(step, () -> future);
        }
    }

    private record Attempt(Future<RowSet<Row>> tried, Future<RowSet<Row>> undone) {
        boolean worked() {
            Step.await("undo the try of session_replication_role", () -> undone);
            try {
                Step.await("try session_replication_role", () -> tried);
                return true;
            } catch (StepFailed refused) {
                if (refused.trouble() == Trouble.NOT_ALLOWED) {
                    return false;
                }
                throw refused;
            }
        }
    }

    /** One read-only transaction, closed in any case. */
    private record Snapshot(SqlConnection connection, Future<RowSet<Row>> began) implements AutoCloseable {
        Snapshot(SqlConnection connection) {
            this(connection, connection.query(CatalogSql.BEGIN).execute());
        }

        Answer ask(String step, String sql) {
            return new Answer(step, connection.query(sql).execute());
        }

        Answer ask(String step, String sql, String[] schemas) {
            return new Answer(
                    step, connection.preparedQuery(sql).execute(Tuple.tuple().addArrayOfString(schemas)));
        }

        Attempt tryReplicationRole() {
            var tried = connection.query(CatalogSql.TRY_REPLICATION_ROLE).execute();
            // Sent right behind, without a look at the answer: a refusal leaves the transaction unusable until this
            // arrives.
            var undone = connection.query(CatalogSql.UNDO_TRY).execute();
            return new Attempt(tried, undone);
        }

        @Override
        public void close() {
            var ended = connection.query(CatalogSql.END).execute();
            Step.await("begin reading the catalogue", () -> began);
            Step.await("end reading the catalogue", () -> ended);
        }
    }
}
