package pgsync.config;

import java.util.List;
import java.util.Map;

/** A value as it was given, before anybody asked whether it fits; the same for every file format, the environment and flags. */
sealed interface Node {
    Place place();

    /** How the value looks to a person, for an error about its kind. */
    String what();

    /** What a scalar was written as. WORD has no type of its own: a flag, an environment variable, a plain YAML scalar. */
    enum Written {
        TEXT,
        NUMBER,
        FLAG,
        WORD
    }

    record Scalar(Written written, String text, Place place) implements Node {
        @Override
        public String what() {
            return Shown.value(written == Written.TEXT ? '"' + text + '"' : text);
        }
    }

    record Items(List<Node> items, Place place) implements Node {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String what() {
            return "a list";
        }
    }

    /** In the order of the file. */
    record Fields(Map<String, Field> fields, Place place) implements Node {
        @Override
        public String what() {
            return "an object";
        }
    }

    /** {@code null} in a file: as if the key were not there. */
    record Nothing(Place place) implements Node {
        @Override
        public String what() {
            return "null";
        }
    }

    record Field(Place keyPlace, Node value) {}
}
