package pgsync.testground;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares two databases row by row, and knows nothing of the product that made them equal. It looks at ordinary and partitioned
 * tables of all schemas but the system's and {@code pgsync}; a table counts as equal when both sides hold the same rows in text form
 * as often, whatever their order and that of the columns. Not compared: sequences, definitions, large objects.
 */
public final class Oracle {
    /** Differing rows shown of one table, each way. */
    public static final int SAMPLES = 5;

    private static final int BUCKETS_SHOWN = 16;
    private static final int CHARACTERS_SHOWN = 400;

    private final Connection first;
    private final Connection second;
    private final @Nullable String md5Encoding;
    private final boolean floatsInBinary;

    private Oracle(Connection first, Connection second) throws SQLException {
        var majorOfFirst = first.getMetaData().getDatabaseMajorVersion();
        var majorOfSecond = second.getMetaData().getDatabaseMajorVersion();
        this.first = first;
        this.second = second;
        var encoding = encoding(first);
        var sameEncoding = encoding.equals(encoding(second));
        this.md5Encoding =
                sameEncoding && Math.min(majorOfFirst, majorOfSecond) >= 11 ? null : sameEncoding ? encoding : "UTF8";
        this.floatsInBinary = (majorOfFirst < 12) != (majorOfSecond < 12);
    }

    private static String encoding(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(OracleSql.ENCODING)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Each side is read in one snapshot, the first side's taken first. */
    public static Comparison compare(TestServer first, String firstDatabase, TestServer second, String secondDatabase) {
        try (var a = first.connect(firstDatabase);
                var b = second.connect(secondDatabase)) {
            return compare(a, b);
        } catch (SQLException e) {
            throw new GroundFailed("cannot compare %s with %s".formatted(firstDatabase, secondDatabase), e);
        }
    }

    /** Ends open transactions of both connections, and leaves them with autocommit on. */
    public static Comparison compare(Connection first, Connection second) throws SQLException {
        begin(first);
        try {
            begin(second);
            return new Oracle(first, second).compare();
        } finally {
            end(first);
            end(second);
        }
    }

    /** Rows in text form, of the columns that both sides have, with how often each is there. */
    public record BothRows(Map<String, Integer> first, Map<String, Integer> second) {
        public BothRows {
            first = Map.copyOf(first);
            second = Map.copyOf(second);
        }
    }

    /** By quoted name all rows of small tables that are on both sides, read as {@link #compare} does. */
    public static Map<String, BothRows> rows(
            TestServer first,
            String firstDatabase,
            TestServer second,
            String secondDatabase,
            Predicate<String> wanted) {
        try (var a = first.connect(firstDatabase);
                var b = second.connect(secondDatabase)) {
            begin(a);
            begin(b);
            return new Oracle(a, b).rows(wanted);
        } catch (SQLException e) {
            throw new GroundFailed("cannot read %s and %s".formatted(firstDatabase, secondDatabase), e);
        }
    }

    private Map<String, BothRows> rows(Predicate<String> wanted) throws SQLException {
        var inFirst = tables(first);
        var inSecond = tables(second);
        var found = new TreeMap<String, BothRows>();
        for (var name : inFirst.keySet()) {
            if (wanted.test(name) && inSecond.containsKey(name)) {
                var a = Objects.requireNonNull(inFirst.get(name));
                var b = Objects.requireNonNull(inSecond.get(name));
                found.put(name, new BothRows(rows(first, a.of(b.columns())), rows(second, b.of(a.columns()))));
            }
        }
        return found;
    }

    private Map<String, Integer> rows(Connection connection, Table table) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(OracleSql.rows(hashed(table)))) {
            return counted(rows);
        }
    }

    private static void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.rollback();
        try (var statement = connection.createStatement()) {
            statement.execute("set transaction isolation level repeatable read read only");
            statement.execute(OracleSql.PIN_TEXT_FORMS);
            statement.execute("select 1"); // the snapshot is taken by the first query, not by begin
        }
    }

    private static void end(Connection connection) throws SQLException {
        if (!connection.isClosed() && !connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private Comparison compare() throws SQLException {
        var inFirst = tables(first);
        var inSecond = tables(second);
        var names = new TreeSet<>(inFirst.keySet());
        names.addAll(inSecond.keySet());
        var differences = new ArrayList<Comparison.Difference>();
        var equalTables = 0;
        var equalRows = 0L;
        for (var name : names) {
            var a = inFirst.get(name);
            var b = inSecond.get(name);
            if (a == null || b == null) {
                differences.add(new Comparison.Difference.Missing(name, a != null));
            } else if (!a.columns().equals(b.columns())) {
                differences.add(new Comparison.Difference.OtherColumns(
                        name, String.join(", ", a.columns()), String.join(", ", b.columns())));
            } else {
                var sumsOfFirst = sums(first, a);
                var sumsOfSecond = sums(second, b);
                if (sumsOfFirst.equals(sumsOfSecond)) {
                    equalTables++;
                    equalRows += sumsOfFirst.rows();
                } else {
                    differences.add(otherRows(name, a, b, sumsOfFirst.rows(), sumsOfSecond.rows()));
                }
            }
        }
        return new Comparison(equalTables, equalRows, differences);
    }

    /** Lists go together, in the order of the columns' names. */
    private record Table(List<String> columns, List<String> expressions, String source) {
        /** Only these columns. */
        Table of(Collection<String> names) {
            var kept = IntStream.range(0, columns.size())
                    .filter(i -> names.contains(columns.get(i)))
                    .toArray();
            return new Table(
                    IntStream.of(kept).mapToObj(columns::get).toList(),
                    IntStream.of(kept).mapToObj(expressions::get).toList(),
                    source);
        }
    }

    private record Sums(long rows, String hashes) {}

    private Map<String, Table> tables(Connection connection) throws SQLException {
        var found = new TreeMap<String, Table>();
        try (var statement = connection.prepareStatement(OracleSql.TABLES)) {
            statement.setBoolean(1, floatsInBinary);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var table = new Table(texts(rows, "columns"), texts(rows, "expressions"), rows.getString("source"));
                    found.put(rows.getString("name"), table);
                }
            }
        }
        return found;
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private String hashed(Table table) {
        return OracleSql.hashed(String.join(", ", table.expressions()), table.source(), md5Encoding);
    }

    private Sums sums(Connection connection, Table table) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(OracleSql.sums(hashed(table)))) {
            row.next();
            return new Sums(row.getLong(1), row.getString(2) + " " + row.getString(3));
        }
    }

    /**
     * The hashes put the rows of both sides into the same 1024 buckets; only rows of a few differing buckets are fetched, so a large
     * table with one wrong row costs no memory.
     */
    private Comparison.Difference otherRows(String name, Table a, Table b, long rowsOfFirst, long rowsOfSecond)
            throws SQLException {
        var bucketsOfFirst = buckets(first, a);
        var bucketsOfSecond = buckets(second, b);
        var numbers = new TreeSet<>(bucketsOfFirst.keySet());
        numbers.addAll(bucketsOfSecond.keySet());
        numbers.removeIf(number -> Objects.equals(bucketsOfFirst.get(number), bucketsOfSecond.get(number)));
        var shown = numbers.stream().limit(BUCKETS_SHOWN).toArray(Long[]::new);
        var linesOfFirst = lines(first, a, shown);
        var linesOfSecond = lines(second, b, shown);
        return new Comparison.Difference.OtherRows(
                name,
                rowsOfFirst,
                rowsOfSecond,
                missingFrom(linesOfSecond, linesOfFirst),
                missingFrom(linesOfFirst, linesOfSecond));
    }

    private Map<Long, String> buckets(Connection connection, Table table) throws SQLException {
        var found = new HashMap<Long, String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(OracleSql.buckets(hashed(table)))) {
            while (rows.next()) {
                found.put(rows.getLong(1), rows.getString(2));
            }
        }
        return found;
    }

    private Map<String, Integer> lines(Connection connection, Table table, Long[] buckets) throws SQLException {
        try (var statement = connection.prepareStatement(OracleSql.rowsOfBuckets(hashed(table)))) {
            statement.setArray(1, connection.createArrayOf("bigint", buckets));
            try (var rows = statement.executeQuery()) {
                return counted(rows);
            }
        }
    }

    private static Map<String, Integer> counted(ResultSet rows) throws SQLException {
        var found = new TreeMap<String, Integer>();
        while (rows.next()) {
            found.merge(new String(rows.getBytes(1), UTF_8), 1, Integer::sum);
        }
        return found;
    }

    /** Rows which one side has more often than the other, with how often if that is more than once. */
    private static List<String> missingFrom(Map<String, Integer> other, Map<String, Integer> mine) {
        var missing = new ArrayList<String>();
        mine.forEach((line, times) -> {
            var more = times - other.getOrDefault(line, 0);
            if (more > 0 && missing.size() < SAMPLES) {
                missing.add(shortened(line) + (more > 1 ? " (" + more + " times more)" : ""));
            }
        });
        return missing;
    }

    private static String shortened(String line) {
        return line.length() <= CHARACTERS_SHOWN
                ? line
                : line.substring(0, CHARACTERS_SHOWN) + "… (" + line.length() + " characters)";
    }
}
