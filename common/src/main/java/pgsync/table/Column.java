package pgsync.table;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column that is not dropped.
 *
 * @param type as {@code format_type} prints it with {@code search_path = pg_catalog}: {@code numeric(10,2)}, {@code public.mood[]}
 * @param typeOid of the column itself; below 10000 it is built in and the same on every server
 * @param baseTypeOid of the type under any domains, else the same as {@code typeOid}
 * @param baseTypeName {@code pg_type.typname} of the base type, for example {@code int4}, {@code _text}, {@code citext}
 * @param category {@code pg_type.typcategory} of the base type
 * @param kind {@code pg_type.typtype} of the base type: b, c, e, r, m
 * @param notNull declared NOT NULL and, from PostgreSQL 18, checked: no row has a null
 * @param expression of a generated column, stored or, from PostgreSQL 18, virtual, which is never written; else null. Partitions that
 *     compute it in a way of their own follow after a semicolon, so that it is no expression to any server
 * @param hasDefault the column or its type has a default; not true for a generated column
 * @param collation schema-qualified name of a collation that is not the database's default, else null
 * @param deterministic false for text compared by a non-deterministic collation (PostgreSQL 12+)
 * @param rights SELECT, INSERT and UPDATE, as far as our role has them on this column, by the table or by the column
 * @param values what its values are made of, with domains taken off
 */
public record Column(
        String name,
        int position,
        String type,
        long typeOid,
        long baseTypeOid,
        String baseTypeName,
        char category,
        char kind,
        boolean notNull,
        @Nullable String expression,
        Identity identity,
        boolean hasDefault,
        @Nullable String collation,
        boolean deterministic,
        Set<TableShape.Right> rights,
        ValueType values) {
    public Column {
        rights = Set.copyOf(rights);
    }

    /** Its base type is PostgreSQL's own and nobody made it: smaller OIDs are given by hand (transam.h, FirstGenbkiObjectId). */
    public boolean builtIn() {
        return baseTypeOid < 10_000;
    }

    public boolean generated() {
        return expression != null;
    }

    /** {@code pg_attribute.attidentity}. */
    public enum Identity {
        NONE,
        ALWAYS,
        BY_DEFAULT
    }
}
