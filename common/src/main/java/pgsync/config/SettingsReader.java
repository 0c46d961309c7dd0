package pgsync.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pgsync.config.TableRule.FixedValue;

/** Reads settings: a flag wins over the environment, that over the file, that over the default. */
public final class SettingsReader {
    private static final Set<String> GROUPS = Set.of("cluster", "cluster.kubernetes", "http");
    private static final String FIXED_VALUES = "a text, a number, true, false or null";
    private static final List<String> RULE_KEYS =
            List.of("timestamp", "where", "key", "columns", "exclude", "mode", "fixed");
    private static final List<String> MODES = List.of("incremental", "reconcile", "replace");
    private static final Kind.Names COLUMNS =
            new Kind.Names("COLUMNS", "column names, list or comma list", Checks::name);

    private final Map<String, String> environment;

    public SettingsReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Throws {@link InvalidConfig} with one line for each thing that is wrong, in the order of the file.
     *
     * @param flags what the command line gave, as it was written; {@link Setting#CONFIG} names the file
     */
    public Effective read(Map<Setting, String> flags) {
        var problems = new ArrayList<String>();
        var values = new Values(problems);
        giveDefaults(values);
        var file = configFile(flags);
        var rules = file == null ? Map.<String, TableRule>of() : giveFile(values, file, problems);
        giveEnvironment(values, problems);
        flags.forEach((setting, text) ->
                values.give(setting, word(text, new Place.OnCommandLine("-" + setting.flag()))));
        // Every value is looked at before the first is refused, so that all that is wrong is told at once.
        check(values);
        if (!problems.isEmpty()) {
            throw new InvalidConfig(String.join("\n", problems));
        }
        return new Effective(settings(values, rules), lines(values, rules, file));
    }

    private static void giveDefaults(Values values) {
        for (var setting : Setting.values()) {
            setting.defaultText().ifPresent(text -> values.give(setting, word(text, new Place.Default())));
        }
    }

    private @Nullable Path configFile(Map<Setting, String> flags) {
        var flag = flags.get(Setting.CONFIG);
        var name = flag == null ? environment.getOrDefault(Setting.CONFIG.variable(), "") : flag;
        if (flag != null && flag.isBlank()) {
            throw new InvalidConfig("-config", "empty", Setting.CONFIG.kind().allowed());
        }
        return name.isBlank() ? null : Path.of(name);
    }

    private void giveEnvironment(Values values, List<String> problems) {
        var known = Arrays.stream(Setting.values()).map(Setting::variable).toList();
        for (var setting : Setting.values()) {
            var text = environment.getOrDefault(setting.variable(), "");
            if (!text.isEmpty() && !isKubernetesLink(text)) {
                values.give(setting, word(text, new Place.InEnvironment(setting.variable())));
            }
        }
        for (var name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith("PGSYNC_") && !known.contains(name)) {
                // Only near misses are errors: launchers and Kubernetes put variables of the same prefix there.
                nearVariable(name, known, problems);
            }
        }
    }

    private static void nearVariable(String name, Collection<String> known, List<String> problems) {
        var rest = name.substring("PGSYNC_".length());
        var near = NearMiss.of(
                rest, known.stream().map(v -> v.substring("PGSYNC_".length())).toList());
        near.ifPresent(
                n -> problems.add("%s is not a setting; did you mean PGSYNC_%s?".formatted(Shown.value(name), n)));
    }

    // A Kubernetes service named pgsync-http puts PGSYNC_HTTP_PORT=tcp://10.0.0.1:8080 into every container of its
    // namespace.
    private static boolean isKubernetesLink(String text) {
        return text.startsWith("tcp://") || text.startsWith("udp://") || text.startsWith("sctp://");
    }

    private static Node word(String text, Place place) {
        return new Node.Scalar(Node.Written.WORD, text, place);
    }

    private static Map<String, TableRule> giveFile(Values values, Path path, List<String> problems) {
        var reading = new FileReading(values, problems, EnumSet.noneOf(Setting.class), new LinkedHashMap<>());
        reading.take(ConfigFile.load(path).read(), "");
        return reading.rules();
    }

    /** One file on its way into the values. */
    private record FileReading(Values values, List<String> problems, Set<Setting> seen, Map<String, TableRule> rules) {
        void take(Node.Fields fields, String prefix) {
            fields.fields().forEach((key, field) -> take(prefix + key, field));
        }

        private void take(String key, Node.Field field) {
            var setting = Setting.ofKey(key);
            if (setting.isPresent()) {
                take(setting.get(), key, field);
            } else if (key.equals("tables") || GROUPS.contains(key)) {
                takeGroup(key, field);
            } else if (key.startsWith("tables.")) {
                takeTable(key.substring("tables.".length()), field);
            } else {
                problems.add(field.keyPlace().subject(Shown.value(key)) + " is not a setting"
                        + NearMiss.hint(key, knownKeys()));
            }
        }

        private void take(Setting setting, String key, Node.Field field) {
            if (seen.add(setting)) {
                values.give(setting, field.value());
            } else {
                problems.add(
                        field.keyPlace().subject(key) + " is set a second time; allowed: once, as " + setting.key());
            }
        }

        private void takeGroup(String key, Node.Field field) {
            switch (field.value()) {
                case Node.Fields inner -> {
                    if (key.equals("tables")) {
                        inner.fields().forEach(this::takeTable);
                    } else {
                        take(inner, key + ".");
                    }
                }
                case Node.Nothing nothing -> {}
                case Node.Scalar other -> problems.add(notAnObject(key, other));
                case Node.Items other -> problems.add(notAnObject(key, other));
            }
        }

        private static String notAnObject(String key, Node node) {
            var allowed = key.equals("tables") ? "table names, each with its rules" : "keys and values";
            return "%s is not an object; allowed: %s".formatted(node.place().subject(key), allowed);
        }

        private void takeTable(String name, Node.Field field) {
            switch (field.value()) {
                case Node.Fields inner -> {
                    if (holdsTables(inner)) {
                        inner.fields().forEach((table, rule) -> takeTable(name + "." + table, rule));
                    } else {
                        takeRule(name, inner, field.keyPlace());
                    }
                }
                case Node.Nothing nothing -> {}
                case Node.Scalar other -> problems.add(notARule(name, other));
                case Node.Items other -> problems.add(notARule(name, other));
            }
        }

        // [tables.public.users] in TOML nests the table in its schema; of a rule only fixed is an object.
        private static boolean holdsTables(Node.Fields fields) {
            return !fields.fields().isEmpty()
                    && !fields.fields().keySet().equals(Set.of("fixed"))
                    && fields.fields().values().stream().allMatch(f -> f.value() instanceof Node.Fields);
        }

        private static String notARule(String name, Node node) {
            return "%s is not an object; allowed: the keys %s"
                    .formatted(node.place().subject("tables." + Shown.value(name)), String.join(", ", RULE_KEYS));
        }

        private void takeRule(String table, Node.Fields rule, Place place) {
            var prefix = "tables." + Shown.value(table) + ".";
            rule.fields().forEach((key, field) -> {
                if (!RULE_KEYS.contains(key)) {
                    var hint = NearMiss.of(key, RULE_KEYS).map(k -> "did you mean " + k + "?");
                    problems.add("%s is not a rule; %s"
                            .formatted(
                                    field.keyPlace().subject(prefix + Shown.value(key)),
                                    hint.orElse("allowed: " + String.join(", ", RULE_KEYS))));
                }
            });
            refuseKeptAndLeftOut(rule, prefix);
            var read = new TableRule(
                    text(rule, prefix, "timestamp", "a column"),
                    text(rule, prefix, "where", "an SQL condition on the table's columns"),
                    columns(rule, prefix, "key"),
                    columns(rule, prefix, "columns"),
                    columns(rule, prefix, "exclude"),
                    mode(rule, prefix),
                    fixed(rule, prefix));
            if (rules.put(table, read) != null) {
                problems.add(place.subject("tables." + Shown.value(table)) + " has rules a second time; allowed: once");
            }
        }

        private @Nullable String text(Node.Fields rule, String prefix, String key, String allowed) {
            var field = rule.fields().get(key);
            if (field == null || field.value() instanceof Node.Nothing) {
                return null;
            }
            var text = Values.asText(field.value()).filter(t -> !t.isBlank());
            if (text.isEmpty()) {
                values.refuse(
                        field.value().place().subject(prefix + key),
                        field.value().what(),
                        "",
                        allowed);
            }
            return text.orElse(null);
        }

        private @Nullable String mode(Node.Fields rule, String prefix) {
            var allowed = String.join(", ", MODES);
            var mode = text(rule, prefix, "mode", allowed);
            if (mode == null || MODES.contains(mode)) {
                return mode;
            }
            var node = rule.fields().get("mode");
            if (node != null) {
                values.refuse(
                        node.value().place().subject(prefix + "mode"),
                        node.value().what(),
                        "",
                        allowed);
            }
            return null;
        }

        private Map<String, FixedValue> fixed(Node.Fields rule, String prefix) {
            var field = rule.fields().get("fixed");
            if (field == null || field.value() instanceof Node.Nothing) {
                return Map.of();
            }
            if (!(field.value() instanceof Node.Fields columns)) {
                var node = field.value();
                values.refuse(node.place().subject(prefix + "fixed"), node.what(), "", "columns, each with its value");
                return Map.of();
            }
            var fixed = new LinkedHashMap<String, FixedValue>();
            columns.fields().forEach((column, value) -> {
                var subject = value.keyPlace().subject(prefix + "fixed." + Shown.value(column));
                for (var other : List.of("exclude", "key", "timestamp")) {
                    if (namedUnder(rule, other).contains(column)) {
                        problems.add("%s is named under %s too; allowed: one of them".formatted(subject, other));
                    }
                }
                switch (value.value()) {
                    case Node.Scalar scalar -> fixed.put(column, new FixedValue(scalar.text()));
                    case Node.Nothing nothing -> fixed.put(column, new FixedValue(null));
                    case Node.Items other -> values.refuse(subject, other.what(), "", FIXED_VALUES);
                    case Node.Fields other -> values.refuse(subject, other.what(), "", FIXED_VALUES);
                }
            });
            return fixed;
        }

        private void refuseKeptAndLeftOut(Node.Fields rule, String prefix) {
            var field = rule.fields().get("exclude");
            if (field != null) {
                var kept = namedUnder(rule, "columns");
                namedUnder(rule, "exclude").stream()
                        .filter(kept::contains)
                        .distinct()
                        .forEach(column -> problems.add("%s names %s, which columns names too; allowed: one of them"
                                .formatted(field.value().place().subject(prefix + "exclude"), Shown.value(column))));
            }
        }

        /** What is wrong with these is told where they are read. */
        private static List<String> namedUnder(Node.Fields rule, String key) {
            var field = rule.fields().get(key);
            return field == null ? List.of() : new Values(new ArrayList<>()).names(key, field.value(), COLUMNS);
        }

        private List<String> columns(Node.Fields rule, String prefix, String key) {
            var field = rule.fields().get(key);
            return field == null ? List.of() : values.names(prefix + key, field.value(), COLUMNS);
        }

        private static List<String> knownKeys() {
            var keys = new ArrayList<String>();
            for (var setting : Setting.values()) {
                if (setting.isInFile()) {
                    keys.add(setting.key());
                    keys.addAll(setting.aliases());
                }
            }
            keys.addAll(GROUPS);
            keys.add("tables");
            return keys;
        }
    }

    private static void check(Values values) {
        for (var setting : Setting.values()) {
            switch (setting.kind()) {
                case Kind.Text text -> values.text(setting);
                case Kind.Hidden hidden -> values.text(setting);
                case Kind.Choice choice -> values.text(setting);
                case Kind.Names names -> values.names(setting);
                case Kind.Flag flag -> values.flag(setting);
                case Kind.Whole whole -> values.whole(setting);
                case Kind.Span span -> values.span(setting);
            }
        }
    }

    private static Settings settings(Values v, Map<String, TableRule> rules) {
        return new Settings(
                sync(v, rules),
                v.secret(Setting.SOURCE),
                v.secret(Setting.TARGET),
                cluster(v),
                http(v),
                new OutputConfig(v.flag(Setting.JSON), v.flag(Setting.VERBOSE)),
                v.text(Setting.SCHEDULE));
    }

    private static SyncConfig sync(Values v, Map<String, TableRule> rules) {
        return new SyncConfig(
                v.names(Setting.SCHEMA),
                v.names(Setting.INCLUDE),
                v.names(Setting.EXCLUDE),
                v.names(Setting.TIMESTAMP),
                v.number(Setting.PARALLEL),
                v.whole(Setting.BATCH_SIZE),
                v.flag(Setting.VERBOSE),
                v.flag(Setting.RECONCILE),
                v.flag(Setting.DRY_RUN),
                "auto".equals(v.text(Setting.DELETE)),
                v.number(Setting.MAX_DELETE_PERCENT),
                v.flag(Setting.FORCE_DELETES),
                "run".equals(v.text(Setting.CONSISTENCY)),
                v.span(Setting.OVERLAP),
                v.text(Setting.TIMESTAMP_ZONE),
                v.flag(Setting.ALLOW_SKIPS),
                keepHistory(v),
                rules);
    }

    /** Its default when it was wrong, which is noted: zero is not allowed. */
    private static Duration keepHistory(Values v) {
        var span = v.span(Setting.KEEP_HISTORY);
        return span.isZero() ? SyncConfig.DEFAULT.keepHistory() : span;
    }

    private static ClusterConfig cluster(Values v) {
        try {
            return new ClusterConfig(
                    v.required(Setting.CLUSTER_NAME),
                    v.required(Setting.CLUSTER_BIND),
                    v.number(Setting.CLUSTER_PORT),
                    v.names(Setting.CLUSTER_MEMBERS),
                    v.text(Setting.CLUSTER_SERVICE_DNS),
                    v.secret(Setting.CLUSTER_SECRET),
                    v.flag(Setting.CLUSTER_WORK));
        } catch (InvalidConfig e) {
            throw e.at(v.placeOf(Setting.CLUSTER_SERVICE_DNS));
        }
    }

    private static HttpConfig http(Values v) {
        var token = v.secret(Setting.HTTP_TOKEN);
        var file = v.text(Setting.HTTP_TOKEN_FILE);
        if (token != null && file != null) {
            throw new InvalidConfig("http.token and http.tokenFile are both set; allowed: one of them")
                    .at(v.placeOf(Setting.HTTP_TOKEN_FILE));
        }
        try {
            return new HttpConfig(
                    v.required(Setting.HTTP_BIND),
                    v.number(Setting.HTTP_PORT),
                    file == null ? token : tokenFrom(file, v.placeOf(Setting.HTTP_TOKEN_FILE)));
        } catch (InvalidConfig e) {
            throw e.at(v.placeOf(Setting.HTTP_BIND));
        }
    }

    private static Secret tokenFrom(String file, Place place) {
        try {
            var token = Files.readString(Path.of(file)).strip();
            if (token.isEmpty()) {
                throw new InvalidConfig(place.subject("http.tokenFile") + " names an empty file: " + Shown.value(file));
            }
            if (Checks.token(token) != null) {
                throw new InvalidConfig(
                        "%s names a file whose text a request cannot carry: %s; allowed: letters, digits and signs of ASCII, without spaces"
                                .formatted(place.subject("http.tokenFile"), Shown.value(file)));
            }
            return new Secret(token);
        } catch (IOException e) {
            throw new InvalidConfig(place.subject("http.tokenFile") + " cannot be read: " + Shown.value(file));
        }
    }

    private static List<Effective.Line> lines(Values values, Map<String, TableRule> rules, @Nullable Path file) {
        var lines = new ArrayList<Effective.Line>();
        for (var setting : Setting.values()) {
            if (setting.isInFile()) {
                lines.add(new Effective.Line(
                        setting.key(),
                        values.shown(setting),
                        values.placeOf(setting).text()));
            }
        }
        new TreeMap<>(rules)
                .forEach((table, rule) -> rule.shown()
                        .forEach((key, value) -> lines.add(new Effective.Line(
                                "tables." + Shown.value(table) + "." + key, value, String.valueOf(file)))));
        return lines;
    }
}
