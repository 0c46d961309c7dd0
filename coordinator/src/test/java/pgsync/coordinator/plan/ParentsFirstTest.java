package pgsync.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static pgsync.coordinator.plan.PlanGround.name;
import static pgsync.coordinator.plan.PlanGround.refers;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pgsync.coordinator.plan.ParentsFirst.Found;
import pgsync.table.ForeignKey;
import pgsync.task.TableName;

class ParentsFirstTest {
    @Test
    void a_table_stands_above_all_it_refers_to() {
        var found = among("a b c d", refers("a", "b"), refers("b", "c"), refers("a", "c"));

        assertThat(levels(found, "a b c d")).containsExactly(2, 1, 0, 0);
        assertThat(found.highest()).isEqualTo(2);
        assertThat(found.circles()).isEmpty();
    }

    @Test
    void the_deepest_of_several_parents_counts() {
        var found = among("a b c z", refers("a", "b"), refers("b", "c"), refers("z", "a"), refers("z", "c"));

        assertThat(levels(found, "a b c z")).containsExactly(2, 1, 0, 3);
    }

    @Test
    void tables_of_a_circle_share_a_level_and_stand_above_their_parents() {
        var found = among(
                "a b c p q", refers("a", "b"), refers("b", "c"), refers("c", "a"), refers("b", "p"), refers("q", "c"));

        assertThat(levels(found, "a b c p q")).containsExactly(1, 1, 1, 0, 2);
        assertThat(found.circles()).containsExactly(List.of(name("a"), name("b"), name("c")));
        assertThat(found.circle(name("b"))).containsExactly(name("a"), name("b"), name("c"));
        assertThat(found.circle(name("p"))).isEmpty();
    }

    @Test
    void circles_that_lead_into_each_other_are_one_and_one_that_leads_nowhere_is_its_own() {
        var mutual = among(
                "a b c d", refers("a", "b"), refers("b", "a"), refers("b", "c"), refers("c", "d"), refers("d", "b"));
        var oneWay = among(
                "a b c d", refers("a", "b"), refers("b", "a"), refers("b", "c"), refers("c", "d"), refers("d", "c"));

        assertThat(mutual.circles()).containsExactly(List.of(name("a"), name("b"), name("c"), name("d")));
        assertThat(oneWay.circles())
                .containsExactlyInAnyOrder(List.of(name("a"), name("b")), List.of(name("c"), name("d")));
        assertThat(levels(oneWay, "a b c d")).containsExactly(1, 1, 0, 0);
    }

    @Test
    void a_table_that_refers_to_itself_is_no_circle() {
        var found = among("a", refers("a", "a"));

        assertThat(found.circles()).isEmpty();
        assertThat(levels(found, "a")).containsExactly(0);
    }

    @Test
    void tables_that_were_not_selected_count_for_nothing() {
        var found = among("a b", refers("a", "x"), refers("x", "b"), refers("b", "y"));

        assertThat(levels(found, "a b x")).containsExactly(0, 0, 0);
        assertThat(found.levels()).containsOnlyKeys(name("a"), name("b"));
    }

    private static Found among(String tables, ForeignKey... keys) {
        return ParentsFirst.among(names(tables).collect(Collectors.toSet()), List.of(keys));
    }

    private static List<Integer> levels(Found found, String tables) {
        return names(tables).map(found::level).toList();
    }

    private static Stream<TableName> names(String tables) {
        return Set.of(tables.split(" ")).stream().sorted().map(PlanGround::name);
    }
}
