package pgsync.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pgsync.time.Durations;

/**
 * Turns nodes into values of their kind and writes down what is wrong instead of stopping at it. One thread, for one reading.
 */
final class Values {
    private final List<String> problems;
    private final Map<Setting, Node> given = new EnumMap<>(Setting.class);

    Values(List<String> problems) {
        this.problems = problems;
    }

    /** Later calls win: defaults first, flags last. */
    void give(Setting setting, Node node) {
        if (!(node instanceof Node.Nothing)) {
            given.put(setting, node);
        }
    }

    Place placeOf(Setting setting) {
        var node = given.get(setting);
        return node == null ? new Place.Default() : node.place();
    }

    @Nullable
    Secret secret(Setting setting) {
        var text = text(setting);
        return text == null ? null : new Secret(text);
    }

    boolean flag(Setting setting) {
        var node = given.get(setting);
        if (node == null) {
            return false;
        }
        if (node instanceof Node.Scalar scalar
                && (scalar.written() == Node.Written.FLAG || scalar.written() == Node.Written.WORD)) {
            var word = scalar.text().toLowerCase(Locale.ROOT);
            if (word.equals("true") || word.equals("false")) {
                return word.equals("true");
            }
        }
        refuse(setting, node);
        return false;
    }

    /** Null when unset, or when it was wrong and is noted. */
    @Nullable
    Integer whole(Setting setting) {
        var node = given.get(setting);
        if (node == null || !(setting.kind() instanceof Kind.Whole kind)) {
            return null;
        }
        if (node instanceof Node.Scalar scalar
                && (scalar.written() == Node.Written.NUMBER || scalar.written() == Node.Written.WORD)
                && scalar.text().matches("-?[0-9]{1,10}")) {
            var number = Long.parseLong(scalar.text());
            if (number >= kind.least() && number <= kind.most()) {
                return (int) number;
            }
        }
        refuse(setting, node);
        return null;
    }

    /** Of a setting that has a default. */
    int number(Setting setting) {
        var number = whole(setting);
        if (number == null) {
            throw new IllegalStateException(setting + " has neither a value nor a default");
        }
        return number;
    }

    /** Of a setting that has a default. */
    String required(Setting setting) {
        var text = text(setting);
        if (text == null) {
            throw new IllegalStateException(setting + " has neither a value nor a default");
        }
        return text;
    }

    /** Zero when it was wrong and is noted. */
    Duration span(Setting setting) {
        var node = given.get(setting);
        if (node == null || !(setting.kind() instanceof Kind.Span kind)) {
            return Duration.ZERO;
        }
        var span = asText(node).flatMap(Durations::parse);
        if (span.isEmpty()
                || span.get().compareTo(kind.least()) < 0
                || span.get().compareTo(kind.most()) > 0) {
            refuse(setting, node);
            return Duration.ZERO;
        }
        return span.get();
    }

    /** Of a text, a choice or a secret; null when unset, or when it was wrong and is noted. */
    @Nullable
    String text(Setting setting) {
        var node = given.get(setting);
        if (node == null) {
            return null;
        }
        var text = asText(node).map(t -> setting.isSecret() ? t : t.strip());
        if (text.isEmpty() || text.get().isBlank()) {
            refuse(setting, node);
            return null;
        }
        var value = text.get();
        var objection = switch (setting.kind()) {
            case Kind.Text kind -> kind.objection().apply(value);
            case Kind.Choice kind -> kind.values().contains(value) ? null : "";
            case Kind.Hidden hidden -> hidden.objection().apply(value);
            case Kind.Names names -> null;
            case Kind.Flag flag -> null;
            case Kind.Whole whole -> null;
            case Kind.Span span -> null;
        };
        if (objection != null) {
            refuse(
                    node.place().subject(setting.key()),
                    setting.isSecret() ? "not shown here" : node.what(),
                    objection,
                    setting.kind().allowed());
            return null;
        }
        return value;
    }

    List<String> names(Setting setting) {
        var node = given.get(setting);
        if (node == null || !(setting.kind() instanceof Kind.Names kind)) {
            return List.of();
        }
        return names(setting.key(), node, kind);
    }

    /** A list, or a comma list; the entries that are wrong are noted and left out. */
    List<String> names(String key, Node node, Kind.Names kind) {
        return switch (node) {
            case Node.Scalar scalar ->
                asText(scalar).isPresent() ? commaList(key, scalar, kind) : refuseNames(key, scalar, kind);
            case Node.Items items -> list(key, items, kind);
            case Node.Nothing nothing -> List.of();
            case Node.Fields other -> refuseNames(key, other, kind);
        };
    }

    private List<String> commaList(String key, Node.Scalar scalar, Kind.Names kind) {
        var entries = new ArrayList<String>();
        if (!scalar.text().isBlank()) {
            for (var entry : Checks.entries(scalar.text())) {
                add(entries, key, entry, scalar.place(), kind);
            }
        }
        return entries;
    }

    private List<String> list(String key, Node.Items items, Kind.Names kind) {
        var entries = new ArrayList<String>();
        for (var item : items.items()) {
            var text = asText(item);
            if (text.isPresent()) {
                // An entry of a list is taken as it stands: names may hold commas and spaces.
                add(entries, key, text.get(), item.place(), kind);
            } else {
                refuse(item.place().subject(key), item.what(), "", kind.allowed());
            }
        }
        return entries;
    }

    private List<String> refuseNames(String key, Node node, Kind.Names kind) {
        refuse(node.place().subject(key), node.what(), "", kind.allowed());
        return List.of();
    }

    private void add(List<String> entries, String key, String entry, Place place, Kind.Names kind) {
        if (entry.isEmpty()) {
            refuse(place.subject(key), "a list with an empty entry", "", kind.allowed());
            return;
        }
        var objection = kind.objection().apply(entry);
        if (objection == null) {
            entries.add(entry);
        } else {
            refuse(place.subject(key), Shown.value('"' + entry + '"'), objection, kind.allowed());
        }
    }

    static Optional<String> asText(Node node) {
        return node instanceof Node.Scalar scalar
                        && (scalar.written() == Node.Written.TEXT || scalar.written() == Node.Written.WORD)
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    /** How the value looks in {@code config show}; empty when unset. */
    String shown(Setting setting) {
        var node = given.get(setting);
        if (node == null) {
            return "";
        }
        if (setting.isSecret()) {
            return new Secret("").toString();
        }
        return switch (node) {
            case Node.Scalar scalar -> scalar.text();
            case Node.Items items ->
                String.join(
                        ",",
                        items.items().stream()
                                .map(Values::asText)
                                .flatMap(Optional::stream)
                                .toList());
            case Node.Fields fields -> fields.what();
            case Node.Nothing nothing -> "";
        };
    }

    private void refuse(Setting setting, Node node) {
        // A value that is to be secret is not shown even when it is nonsense: half a password is nonsense too.
        var what = setting.isSecret() ? "not a text, or empty" : node.what();
        refuse(node.place().subject(setting.key()), what, "", setting.kind().allowed());
    }

    void refuse(String subject, String what, String objection, String allowed) {
        var reason = objection.isEmpty() ? "" : ": " + objection;
        problems.add("%s is %s%s; allowed: %s".formatted(subject, what, reason, allowed));
    }
}
