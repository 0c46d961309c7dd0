package pgsync.testground.random;

import java.util.List;

/** Columns that repeat the key of another table, or of the same one. */
record ForeignKey(
        Table from, List<Column> columns, Table to, List<Column> referenced, String actions, boolean onTarget) {
    ForeignKey {
        columns = List.copyOf(columns);
        referenced = List.copyOf(referenced);
    }

    String ddl() {
        return "alter table %s add foreign key (%s) references %s (%s) %s"
                .formatted(from.name(), Sql.names(columns), to.name(), Sql.names(referenced), actions);
    }

    /** The key of one row of the other table for one column; the same row for the same salt. */
    String value(Column column, String salt) {
        var wanted = referenced.get(columns.indexOf(column));
        return "(select p.%s from %s p order by md5(row(%s)::text || %s) limit 1)"
                .formatted(wanted.quoted(), to.name(), Sql.names("p", referenced), Sql.literal(salt));
    }
}
