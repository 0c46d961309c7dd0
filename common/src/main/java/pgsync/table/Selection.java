package pgsync.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import pgsync.config.SyncConfig;
import pgsync.config.TableRule;
import pgsync.sql.Quoted;
import pgsync.task.TableName;

/** What a person wants synchronized: schemas, include, then exclude, and the rule of each table. An exact name wins over a pattern. */
public final class Selection {
    private final List<NamePattern> schemas;
    private final List<TablePattern> include;
    private final List<TablePattern> exclude;
    private final List<Rule> rules;

    private record Rule(TablePattern table, TableRule rule) {}

    private Selection(
            List<NamePattern> schemas, List<TablePattern> include, List<TablePattern> exclude, List<Rule> rules) {
        this.schemas = schemas;
        this.include = include;
        this.exclude = exclude;
        this.rules = rules;
    }

    /** Throws {@link pgsync.config.InvalidConfig} for a pattern that makes no sense; connects to nothing, so call it first. */
    public static Selection of(SyncConfig config) {
        return new Selection(
                config.schemas().stream()
                        .map(text -> NamePattern.parse("schema", text))
                        .toList(),
                config.include().stream()
                        .map(text -> TablePattern.parse("include", text))
                        .toList(),
                config.exclude().stream()
                        .map(text -> TablePattern.parse("exclude", text))
                        .toList(),
                config.tables().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(e -> new Rule(TablePattern.exactly("tables", e.getKey()), e.getValue()))
                        .toList());
    }

    /**
     * What is selected once it is known what there is.
     *
     * @param tables in order, each with its rule or {@link TableRule#NONE}
     * @param leftOut what the settings mean as well and is never synchronized, in order of name; not partitions, which go with
     *     their root
     * @param unmatched what was written in vain: most likely a typing error
     */
    public record Choice(SortedMap<TableName, TableRule> tables, List<LeftOut> leftOut, List<Unmatched> unmatched) {
        public Choice {
            tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
            leftOut = List.copyOf(leftOut);
            unmatched = List.copyOf(unmatched);
        }
    }

    /**
     * A setting that matched no table, or a schema that does not exist.
     *
     * @param key the setting: schema, include, exclude or tables
     * @param wildcard a pattern may match nothing today and something tomorrow; a plain name is a mistake
     * @param hint what could have been meant or why the thing is not selectable; empty when nothing comes near
     */
    public record Unmatched(String key, String text, boolean wildcard, String hint) {
        public String message() {
            return "%s: %s matches no table%s".formatted(key, text, hint.isEmpty() ? "" : "; " + hint);
        }
    }

    /** Decides for every table of the source. */
    public Choice among(Catalog source) {
        var existing = source.tables().keySet();
        var chosen = new TreeMap<TableName, TableRule>();
        var taken = include.isEmpty() ? existing : meant(include, existing);
        taken.forEach(name -> chosen.put(name, TableRule.NONE));
        chosen.keySet().removeAll(meant(exclude, existing));
        // The qualified name is put last, so that it wins over the same name without a schema.
        rules.stream().filter(rule -> !rule.table().namesSchema()).forEach(rule -> apply(rule, existing, chosen));
        rules.stream().filter(rule -> rule.table().namesSchema()).forEach(rule -> apply(rule, existing, chosen));
        return new Choice(chosen, leftOut(source), unmatched(source));
    }

    private List<LeftOut> leftOut(Catalog source) {
        var names = source.leftOut().stream().map(LeftOut::name).toList();
        var taken = new HashSet<>(include.isEmpty() ? names : meant(include, names));
        taken.removeAll(meant(exclude, names));
        return source.leftOut().stream()
                .filter(left -> !left.belongsToATable() && taken.contains(left.name()))
                .sorted(Comparator.comparing(LeftOut::name))
                .toList();
    }

    /** Those of the given tables that are selected, in order; for whoever knows names and no catalogue. */
    public SortedSet<TableName> amongNames(Collection<TableName> tables) {
        var existing = tables.stream()
                .filter(name -> schemas.stream()
                        .anyMatch(
                                schema -> !schema.among(List.of(name.schema())).isEmpty()))
                .toList();
        var chosen = new TreeSet<TableName>(include.isEmpty() ? existing : meant(include, existing));
        chosen.removeAll(meant(exclude, existing));
        return chosen;
    }

    private static void apply(Rule rule, Collection<TableName> existing, Map<TableName, TableRule> chosen) {
        rule.table().among(existing).forEach(name -> chosen.replace(name, rule.rule()));
    }

    private static Set<TableName> meant(List<TablePattern> patterns, Collection<TableName> existing) {
        var meant = new HashSet<TableName>();
        patterns.forEach(pattern -> meant.addAll(pattern.among(existing)));
        return meant;
    }

    private List<Unmatched> unmatched(Catalog source) {
        var unmatched = new ArrayList<Unmatched>();
        for (var schema : schemas) {
            if (schema.among(source.schemas()).isEmpty()) {
                unmatched.add(new Unmatched(
                        "schema", schema.toString(), schema.hasWildcards(), "the source has no such schema"));
            }
        }
        unmatched.addAll(unmatched("include", include, source));
        unmatched.addAll(unmatched("exclude", exclude, source));
        unmatched.addAll(unmatched("tables", rules.stream().map(Rule::table).toList(), source));
        return unmatched;
    }

    private static List<Unmatched> unmatched(String key, List<TablePattern> patterns, Catalog source) {
        var tables = source.tables().keySet();
        var notTables = source.leftOut().stream().map(LeftOut::name).toList();
        return patterns.stream()
                .filter(pattern -> pattern.among(tables).isEmpty())
                // To exclude a view is no mistake, only needless.
                .filter(pattern ->
                        !key.equals("exclude") || pattern.among(notTables).isEmpty())
                .map(pattern -> new Unmatched(key, pattern.toString(), pattern.hasWildcards(), hint(pattern, source)))
                .toList();
    }

    private static String hint(TablePattern pattern, Catalog source) {
        var notTables = source.leftOut().stream().map(LeftOut::name).toList();
        var leftOut = pattern.among(notTables);
        if (!leftOut.isEmpty()) {
            return source.leftOut().stream()
                    .filter(left -> left.name().equals(leftOut.getFirst()))
                    .map(left -> "%s is left out: %s".formatted(left.name(), left.reason()))
                    .findFirst()
                    .orElseThrow();
        }
        if (pattern.meansNoneOf(source.schemas()) && !source.schemas().isEmpty()) {
            return "-schema has to name its schema too, and leads to %s"
                    .formatted(source.schemas().stream().map(Quoted::printable).collect(Collectors.joining(", ")));
        }
        var near = NearMiss.of(pattern.toString(), source.tables().keySet());
        return near.isEmpty() ? "" : "did you mean " + String.join(", ", near) + "?";
    }
}
