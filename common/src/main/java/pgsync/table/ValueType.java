package pgsync.table;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a column are made of. Domains are taken off: their constraints say which values there are, not what a value
 * is. Two sides of one name need not be made of the same: a composite may have its fields in another order, an enum lack a label.
 */
public sealed interface ValueType {
    /** Whether values of the built-in type {@code typname} are its values, or parts of them. */
    default boolean holds(String typname) {
        return base().anyMatch(plain ->
                plain.builtIn() && (plain.name().equals(typname) || plain.name().equals("_" + typname)));
    }

    /** The base types that it is made of in the end; none of an enum. */
    default Stream<Plain> base() {
        return parts().flatMap(part -> part instanceof Plain plain ? Stream.of(plain) : Stream.empty());
    }

    /** Itself and what it is made of, down to base types and enums. */
    default Stream<ValueType> parts() {
        return Stream.concat(
                Stream.of(this),
                switch (this) {
                    case Plain plain -> Stream.empty();
                    case Enumeration labels -> Stream.empty();
                    case Composite(var fields) ->
                        fields.stream().flatMap(field -> field.type().parts());
                    case Array(var element) -> element.parts();
                    case Range(var subtype, var order) -> subtype.parts();
                    case Multirange(var range) -> range.parts();
                });
    }

    /**
     * PostgreSQL's own types with arrays of them, and base types of extensions: of these the name says everything.
     *
     * @param type as {@code format_type} prints it, with modifiers: {@code numeric(10,2)}
     * @param name {@code pg_type.typname}
     * @param category {@code pg_type.typcategory}
     * @param builtIn PostgreSQL's own, so the same on every server
     */
    record Plain(String type, String name, char category, boolean builtIn) implements ValueType {
        @Override
        public String toString() {
            return type;
        }
    }

    /** In the order in which they compare. */
    record Enumeration(List<String> labels) implements ValueType {
        public Enumeration {
            labels = List.copyOf(labels);
        }

        @Override
        public String toString() {
            return "enum of " + labels.size();
        }
    }

    record Composite(List<Field> fields) implements ValueType {
        public Composite {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            return fields.stream().map(Field::toString).collect(Collectors.joining(", ", "(", ")"));
        }
    }

    /**
     * A field of a composite.
     *
     * @param collation schema-qualified name of one that is not the database's default, else null
     * @param deterministic as {@link Column#deterministic}
     */
    record Field(String name, ValueType type, @Nullable String collation, boolean deterministic) {
        public Field(String name, ValueType type) {
            this(name, type, null, true);
        }

        @Override
        public String toString() {
            return name + " " + type;
        }
    }

    record Array(ValueType element) implements ValueType {
        @Override
        public String toString() {
            return "array of " + element;
        }
    }

    /**
     * Its order says which values lie in a range, and whether there is one at all.
     *
     * @param order collation and operator class where they are not the usual ones, else empty
     */
    record Range(ValueType subtype, String order) implements ValueType {
        public Range(ValueType subtype) {
            this(subtype, "");
        }

        @Override
        public String toString() {
            return "range of " + subtype + order;
        }
    }

    record Multirange(ValueType range) implements ValueType {
        @Override
        public String toString() {
            return "multirange of " + range;
        }
    }
}
