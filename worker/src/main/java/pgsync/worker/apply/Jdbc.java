package pgsync.worker.apply;

import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import pgsync.sql.JdbcStep;

/** The few ways a step talks to PostgreSQL over the data connection. Every SQLException becomes a named failed step. */
final class Jdbc {
    private Jdbc() {}

    /** Gives the number of rows written. */
    static long execute(String step, Connection connection, String sql) {
        return JdbcStep.call(step, () -> {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
                return Math.max(statement.getLargeUpdateCount(), 0);
            }
        });
    }

    /** Reads the first row. */
    static <T> T one(String step, Connection connection, String sql, RowReader<T> reader) {
        return JdbcStep.call(step, () -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                rows.next();
                return reader.read(rows);
            }
        });
    }

    /** Reads the first row, if there is one. */
    static <T> Optional<T> first(String step, Connection connection, String sql, RowReader<T> reader) {
        return JdbcStep.call(step, () -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
            }
        });
    }

    /** Every row as text, column by column; only for keys of a bounded number of rows, which become literals again. */
    static List<List<String>> texts(String step, Connection connection, String sql) {
        return JdbcStep.call(step, () -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                var width = rows.getMetaData().getColumnCount();
                var all = new ArrayList<List<String>>();
                while (rows.next()) {
                    var row = new ArrayList<String>(width);
                    for (var i = 1; i <= width; i++) {
                        row.add(Objects.requireNonNull(rows.getString(i), "a key column is null"));
                    }
                    all.add(row);
                }
                return all;
            }
        });
    }

    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws java.sql.SQLException;
    }
}
