package pgsync.worker.apply;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Data-modifying queries that become one statement (manual, 7.8.4): what PostgreSQL looks at when a statement ends, it looks at
 * when all of them have. Owned by one thread.
 */
final class OneStatement {
    private final List<String> parts = new ArrayList<>();

    /** Gives the part's name, for parts after it. The part has to give a row for each row that it writes. */
    String add(String part) {
        var name = "pgsync_w" + parts.size();
        parts.add(name + " as (" + part + ")");
        return name;
    }

    int size() {
        return parts.size();
    }

    /** Rows written by each part, in order. */
    List<Long> run(String step, Connection target) {
        if (parts.isEmpty()) {
            return List.of();
        }
        var statement = "with " + String.join(", ", parts) + " select "
                + IntStream.range(0, parts.size())
                        .mapToObj(i -> "(select count(*) from pgsync_w" + i + ")")
                        .collect(Collectors.joining(", "));
        return Jdbc.one(step, target, statement, row -> {
            var rows = new ArrayList<Long>();
            for (var i = 1; i <= parts.size(); i++) {
                rows.add(row.getLong(i));
            }
            return rows;
        });
    }
}
