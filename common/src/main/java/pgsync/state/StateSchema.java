package pgsync.state;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntSupplier;
import pgsync.error.Refused;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.Step;

/** Makes and migrates the schema {@code pgsync}. Many nodes may call it at once: one does the work, the others wait for it. */
public final class StateSchema {
    /** Each file holds one migration and is never edited after a release; the number is its place in this list. */
    private static final List<String> MIGRATIONS = List.of(
            "0001-state.sql",
            "0002-cluster.sql",
            "0003-files.sql",
            "0004-notes.sql",
            "0005-forgotten-runs.sql",
            "0006-source-position.sql",
            "0007-source-reached.sql");

    /** The version that this program makes and works with. */
    public static final int CURRENT = MIGRATIONS.size();

    // Not to_regclass: it answers from the session's cache, which may not have heard what was made while we waited for
    // the lock.
    private static final String EXISTS = """
            select exists (select 1 from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                            where n.nspname = 'pgsync' and c.relname = 'migration')
            """;
    private static final String VERSION = "select coalesce(max(version), 0) from pgsync.migration";

    private StateSchema() {}

    /** Leaves the schema at this program's version. Throws {@link Refused} when a newer pgsync made it, or our role may not. */
    public static void ensure(Pool target) {
        ifAllowed(() -> {
            ensureIfAllowed(target);
            return CURRENT;
        });
    }

    private static int ifAllowed(IntSupplier asking) {
        try {
            return asking.getAsInt();
        } catch (StepFailed e) {
            if (e.trouble() == Trouble.NOT_ALLOWED) {
                throw new Refused(
                        "this role may not make or use schema pgsync of the target: " + e.reason(),
                        "run pgsync doctor: it tells which right is missing, see deploy/grants.sql");
            }
            throw e;
        }
    }

    private static void ensureIfAllowed(Pool target) {
        if (version(target) == CURRENT) {
            return;
        }
        var connection = Step.connect("connect to the target", target);
        try {
            migrate(connection);
        } finally {
            Step.await("give connection back", connection::close);
        }
    }

    /** 0 when the schema is not there. Throws {@link Refused} when our role may not look. */
    public static int version(SqlClient target) {
        return ifAllowed(() ->
                first(target, EXISTS).getBoolean(0) ? first(target, VERSION).getInteger(0) : 0);
    }

    private static Row first(SqlClient target, String sql) {
        return Step.await(
                        "read version of schema pgsync", () -> target.query(sql).execute())
                .iterator()
                .next();
    }

    private static void migrate(SqlConnection connection) {
        execute(connection, "begin");
        try {
            // One number for all nodes: the lock goes with the transaction, also when we are killed.
            execute(connection, "select pg_advisory_xact_lock(7067811993)");
            var found = version(connection);
            if (found > CURRENT) {
                throw new Refused(
                        "schema pgsync of the target has version %d, this pgsync knows %d".formatted(found, CURRENT),
                        "use the newer pgsync on this machine too");
            }
            for (var next = found; next < CURRENT; next++) {
                execute(connection, text(MIGRATIONS.get(next)));
                execute(connection, "insert into pgsync.migration (version) values (" + (next + 1) + ")");
            }
            execute(connection, "commit");
        } catch (RuntimeException e) {
            execute(connection, "rollback");
            throw e;
        }
    }

    private static void execute(SqlConnection connection, String sql) {
        Step.await(
                "prepare schema pgsync of the target",
                () -> connection.query(sql).execute());
    }

    private static String text(String name) {
        try (InputStream in = StateSchema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
