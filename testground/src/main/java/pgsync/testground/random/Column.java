package pgsync.testground.random;

import org.jspecify.annotations.Nullable;

/**
 * A column of a random table.
 *
 * @param extra what stands behind the type on both sides: {@code not null}, a default, how it is generated
 * @param targetType the target's type, where it differs
 */
record Column(
        String name,
        ValueType type,
        Role role,
        String extra,
        boolean notNull,
        @Nullable String targetType) {
    /** What the column is there for; {@code GENERATED} and {@code GONE} are never written. */
    enum Role {
        KEY,
        PARTITION,
        REFERENCE,
        UNIQUE,
        VALUE,
        IDENTITY,
        GENERATED,
        STAMP,
        GONE
    }

    Column(String name, ValueType type, Role role, String extra, boolean notNull) {
        this(name, type, role, extra, notNull, null);
    }

    String quoted() {
        return Sql.name(name);
    }

    boolean written() {
        return role != Role.GENERATED && role != Role.GONE;
    }

    Column onTarget(String otherType) {
        return new Column(name, type, role, extra, notNull, otherType);
    }

    String onSource() {
        return definition(type.ddl());
    }

    String onTarget() {
        return definition(targetType == null ? type.ddl() : targetType);
    }

    private String definition(String ddl) {
        return "%s %s %s%s"
                .formatted(quoted(), ddl, extra, notNull ? " not null" : "")
                .strip();
    }
}
