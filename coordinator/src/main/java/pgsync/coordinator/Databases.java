package pgsync.coordinator;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;
import pgsync.sql.Step;

/** The control connections of a node. The source's pool needs two: one holds the run's snapshot. */
public record Databases(Pool source, Pool target) {
    <T> T withConnections(Both<T> body) {
        return with(source, from -> with(target, to -> body.run(from, to)));
    }

    private static <T> T with(Pool pool, Function<SqlConnection, T> body) {
        var connection = Step.connect("connect", pool);
        try {
            return body.apply(connection);
        } finally {
            Step.await("give connection back", connection::close);
        }
    }

    @FunctionalInterface
    interface Both<T> {
        T run(SqlConnection source, SqlConnection target);
    }
}
