package pgsync.table;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@link CatalogSql#TYPES} returned, sorted by the type's oid. Owned by the thread that reads the catalogue. */
final class TypeParts {
    /** Smaller OIDs are PostgreSQL's own types. */
    private static final long FIRST_MADE = 10_000;

    private final Map<Long, Made> made = new HashMap<>();

    private record Made(String name, char kind, char category, List<Part> parts) {}

    /** A label, a field, an element, a subtype, named by its order, or the type under a domain. */
    private record Part(@Nullable String name, @Nullable Reference type) {
        String label() {
            return String.valueOf(name);
        }
    }

    /** A type where it is used: with modifiers, and as a field of a composite with a collation. */
    private record Reference(
            long oid,
            String type,
            String name,
            char category,
            @Nullable String collation,
            boolean deterministic) {
        Reference(long oid, String type, String name, char category) {
            this(oid, type, name, category, null, true);
        }
    }

    void add(Row row) {
        var of = made.computeIfAbsent(
                row.getLong("oid"),
                oid -> new Made(
                        row.getString("typname"),
                        row.getString("kind").charAt(0),
                        row.getString("typcategory").charAt(0),
                        new ArrayList<>()));
        @Nullable Long part = row.getLong("part");
        @Nullable String name = row.getString("name");
        if (part != null) {
            of.parts()
                    .add(new Part(
                            name,
                            new Reference(
                                    part,
                                    row.getString("part_type"),
                                    row.getString("part_name"),
                                    row.getString("part_category").charAt(0),
                                    row.getString("collation"),
                                    row.getBoolean("deterministic"))));
        } else if (name != null) {
            of.parts().add(new Part(name, null));
        }
    }

    /** {@code type} with modifiers; {@code name} and {@code category} of a type of PostgreSQL's own. */
    ValueType of(long oid, String type, String name, char category) {
        return of(new Reference(oid, type, name, category));
    }

    private ValueType of(Reference used) {
        var type = made.get(used.oid());
        if (used.oid() < FIRST_MADE || type == null) {
            return new ValueType.Plain(used.type(), used.name(), used.category(), used.oid() < FIRST_MADE);
        }
        return switch (type.kind()) {
            case 'd' -> only(type);
            case 'a' -> new ValueType.Array(only(type));
            case 'r' -> new ValueType.Range(only(type), type.parts().getFirst().label());
            case 'm' -> new ValueType.Multirange(only(type));
            case 'e' ->
                new ValueType.Enumeration(type.parts().stream().map(Part::label).toList());
            case 'c' ->
                new ValueType.Composite(
                        type.parts().stream().map(part -> field(part)).toList());
            case 'b' -> new ValueType.Plain(used.type(), type.name(), type.category(), false);
            default -> throw new IllegalStateException("typtype " + type.kind() + " of " + used.type());
        };
    }

    private ValueType.Field field(Part part) {
        var type = reference(part);
        return new ValueType.Field(part.label(), of(type), type.collation(), type.deterministic());
    }

    private ValueType only(Made type) {
        return of(reference(type.parts().getFirst()));
    }

    private static Reference reference(Part part) {
        if (part.type() == null) {
            throw new IllegalStateException(part.label() + " has no type");
        }
        return part.type();
    }
}
