package pgsync.coordinator.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import pgsync.table.ForeignKey;
import pgsync.task.TableName;

/**
 * Levels of tables by foreign keys: a table stands above every table it refers to; tables of a cycle (a strongly connected
 * component, found by Tarjan's algorithm) share a level. Level 0 refers to nothing.
 */
final class ParentsFirst {
    private final Map<TableName, Set<TableName>> parents = new HashMap<>();
    private final Map<TableName, Integer> index = new HashMap<>();
    private final Map<TableName, Integer> low = new HashMap<>();
    private final Deque<TableName> stack = new ArrayDeque<>();
    private final Map<TableName, Integer> level = new HashMap<>();
    private final List<List<TableName>> circles = new ArrayList<>();

    private ParentsFirst() {}

    /**
     * @param levels one for each table
     * @param circles tables that refer to each other, two at least, in order of name
     */
    record Found(Map<TableName, Integer> levels, List<List<TableName>> circles) {
        Found {
            levels = Map.copyOf(levels);
            circles = circles.stream().map(List::copyOf).toList();
        }

        int level(TableName table) {
            return levels.getOrDefault(table, 0);
        }

        int highest() {
            return levels.values().stream().mapToInt(i -> i).max().orElse(0);
        }

        /** The others of its circle and itself; empty for a table that is in none. */
        List<TableName> circle(TableName table) {
            return circles.stream().filter(c -> c.contains(table)).findFirst().orElse(List.of());
        }
    }

    static Found among(Set<TableName> tables, List<ForeignKey> foreignKeys) {
        var graph = new ParentsFirst();
        tables.forEach(t -> graph.parents.put(t, new TreeSet<>()));
        for (var key : foreignKeys) {
            if (tables.contains(key.from())
                    && tables.contains(key.to())
                    && !key.from().equals(key.to())) {
                graph.parents.computeIfAbsent(key.from(), t -> new TreeSet<>()).add(key.to());
            }
        }
        new TreeSet<>(tables).forEach(t -> {
            if (!graph.index.containsKey(t)) {
                graph.visit(t);
            }
        });
        return new Found(graph.level, graph.circles);
    }

    /** Tarjan gives components in the order we need: every component a table refers to is complete before its own is. */
    private void visit(TableName table) {
        index.put(table, index.size());
        low.put(table, index.get(table));
        stack.push(table);
        for (var parent : parentsOf(table)) {
            if (!index.containsKey(parent)) {
                visit(parent);
                low.merge(table, lowOf(parent), Math::min);
            } else if (!level.containsKey(parent)) {
                low.merge(table, indexOf(parent), Math::min);
            }
        }
        if (lowOf(table) == indexOf(table)) {
            complete(table);
        }
    }

    private void complete(TableName root) {
        var component = new ArrayList<TableName>();
        TableName member;
        do {
            member = stack.pop();
            component.add(member);
        } while (!member.equals(root));
        var above = component.stream()
                .flatMap(t -> parentsOf(t).stream())
                .filter(t -> !component.contains(t))
                .mapToInt(t -> level.getOrDefault(t, 0) + 1)
                .max()
                .orElse(0);
        component.forEach(t -> level.put(t, above));
        if (component.size() > 1) {
            circles.add(component.stream().sorted().toList());
        }
    }

    private Set<TableName> parentsOf(TableName table) {
        return parents.getOrDefault(table, Set.of());
    }

    private int lowOf(TableName table) {
        return low.getOrDefault(table, 0);
    }

    private int indexOf(TableName table) {
        return index.getOrDefault(table, 0);
    }
}
