package pgsync.testground.random;

import java.util.List;

/** What keeps the rows of a table apart, or nearly so. */
record Key(Form form, List<Column> columns) {
    enum Form {
        PRIMARY("alter table %1$s add primary key (%2$s)"),
        DEFERRABLE("alter table %1$s add primary key (%2$s) deferrable initially deferred"),
        UNIQUE_INDEX("create unique index on %1$s (%2$s)"),
        UNIQUE_CONSTRAINT("alter table %1$s add unique (%2$s)"),
        INCLUDING("create unique index on %1$s (%2$s) include (%3$s)"),
        NULLS_NOT_DISTINCT("create unique index on %1$s (%2$s) nulls not distinct"),
        NONE("");

        private final String sql;

        Form(String sql) {
            this.sql = sql;
        }
    }

    Key {
        columns = List.copyOf(columns);
    }

    boolean exists() {
        return form != Form.NONE;
    }

    /** Foreign keys may refer to it, and rows may be left out on conflict with it. */
    boolean immediate() {
        return exists() && form != Form.DEFERRABLE;
    }

    /** Nothing when there is no key. {@code included} is a column that is not of the key. */
    List<String> onTable(String table, Column included) {
        return exists() ? List.of(form.sql.formatted(table, Sql.names(columns), included.quoted())) : List.of();
    }
}
