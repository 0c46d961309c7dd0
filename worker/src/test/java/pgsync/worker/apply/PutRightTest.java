package pgsync.worker.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static pgsync.worker.apply.Described.table;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.error.Trouble;
import pgsync.task.Work;

/** Triggers of the target that stay on and change other rows of the table whose rows come: those end as on the source all the same. */
class PutRightTest {
    private static final Work RECONCILE = new Work.Reconcile();
    private static final Work KEYS = new Work.Keys(true, null);

    private final ApplyGround ground = ApplyGround.empty();

    private static Described item() {
        return table("item", "id", "v").bound().forced().triggers("also");
    }

    /** Items 1 to 3 on both sides, and a trigger of the target that does this in its first depth. */
    private ApplyGround withTrigger(String when, String does) {
        return ground.both(
                        "create table item (id int primary key, v text)",
                        "insert into item select i, 'v' from generate_series(1, 3) i")
                .target(
                        "create function also() returns trigger language plpgsql as 'begin " + does
                                + "; return null; end'",
                        "create %s on item %s for each row when (pg_trigger_depth() = 0) execute function also()"
                                .formatted(
                                        when.startsWith("constraint ")
                                                ? when.replace("trigger ", "trigger also ")
                                                : "trigger also " + when,
                                        when.startsWith("constraint ") ? "deferrable initially deferred" : ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"after update", "constraint trigger after update"})
    void a_row_that_a_trigger_changes_gets_its_value_back(String when) {
        withTrigger(when, "if new.id = 3 then update public.item set v = ''spoiled'' where id = 1; end if")
                .source("update item set v = 'w' where id = 3");

        assertThat(ground.done(item(), RECONCILE)).isEqualTo("1 0 2");
        ground.assertEqual("item");
    }

    @Test
    void a_row_that_a_trigger_deletes_comes_back() {
        withTrigger("after update", "delete from public.item where id = 1")
                .source("update item set v = 'w' where id = 3");

        assertThat(ground.done(item(), RECONCILE)).isEqualTo("1 0 2");
        ground.assertEqual("item");
    }

    @Test
    void a_row_that_a_trigger_deletes_and_the_source_has_no_longer_is_gone() {
        withTrigger("after update", "delete from public.item where id = 1")
                .source("update item set v = 'w' where id = 3", "delete from item where id = 1");

        assertThat(ground.done(item(), RECONCILE)).startsWith("1 ");
        ground.assertEqual("item");
    }

    @Test
    void a_row_that_a_trigger_gives_another_key_comes_back_under_its_own() {
        withTrigger("after update", "update public.item set id = 100 where id = 1")
                .source("update item set v = 'w' where id = 3");

        assertThat(ground.done(item(), RECONCILE, KEYS)).isEqualTo("1 1 2");
        ground.assertEqual("item");
    }

    @Test
    void a_row_that_a_trigger_adds_goes_when_keys_are_compared() {
        withTrigger("after update", "insert into public.item values (100, ''added'')")
                .source("update item set v = 'w' where id = 3");

        assertThat(ground.done(item(), RECONCILE, KEYS)).isEqualTo("1 1 2");
        ground.assertEqual("item");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1500})
    void rows_that_a_trigger_adds_where_none_go_fail_the_table(int added) {
        withTrigger(
                        "after update",
                        "insert into public.item select 100 + i, ''added'' from generate_series(1, %d) i"
                                .formatted(added))
                .source("update item set v = 'w' where id = 3");

        assertThat(ground.failed(Trouble.CHANGED_BY_TRIGGER, item().deletingNothing(), RECONCILE))
                .contains("also", "keeps %,d rows".formatted(added));
        assertThat(ground.onTarget("select string_agg(v, ' ' order by id) from item"))
                .isEqualTo("v v v");
    }

    /** They were the target's own before, and it keeps them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 1001, 2500})
    void rows_of_the_targets_own_that_a_trigger_changes_are_none_that_it_added(int own) {
        withTrigger("after update", "update public.item set v = ''seen'' where id > 100")
                .target("alter table item disable trigger also")
                .target("insert into item select 100 + i, 'own' from generate_series(1, %d) i".formatted(own))
                .target("alter table item enable trigger also")
                .source("update item set v = 'w' where id = 3");

        assertThat(ground.done(item().deletingNothing(), RECONCILE)).startsWith("1 0 ");
        assertThat(ground.onTarget("select count(*) from item where v = 'seen'"))
                .isEqualTo(String.valueOf(own));
        assertThat(ground.onTarget("select string_agg(v, ' ' order by id) from item where id < 100"))
                .isEqualTo("v v w");
    }

    @Test
    void rows_that_a_trigger_adds_beyond_the_filter_are_the_targets_own() {
        withTrigger("after update", "insert into public.item values (100, ''added'')")
                .source("update item set v = 'w' where id = 3");

        assertThat(ground.done(item().where("id < 50").deletingNothing(), RECONCILE))
                .isEqualTo("1 0 2");
        assertThat(ground.rows("item")).contains("(100,added)");
    }

    @Test
    void a_row_that_never_comes_to_rest_fails_the_table() {
        withTrigger("after update", "select 1")
                .target("create or replace function also() returns trigger language plpgsql as"
                        + " 'begin update public.item set v = v || ''x'' where id = 1 + new.id % 3; return null; end'")
                .source("update item set v = 'w' where id = 3");

        assertThat(ground.failed(Trouble.CHANGED_BY_TRIGGER, item(), RECONCILE)).contains("also");
        assertThat(ground.rows("item")).isEqualTo("(1,v) (2,v) (3,v)");
    }

    @Test
    void a_row_that_a_trigger_changes_after_a_delete_gets_its_value_back() {
        withTrigger("after delete", "update public.item set v = ''spoiled'' where id = 1")
                .source("delete from item where id = 3");

        assertThat(ground.done(item(), RECONCILE, KEYS)).isEqualTo("0 1 2");
        ground.assertEqual("item");
    }

    @Test
    void a_row_that_a_trigger_deletes_after_a_delete_comes_back() {
        withTrigger("after delete", "delete from public.item where id = 1").source("delete from item where id = 3");

        assertThat(ground.done(item(), RECONCILE, KEYS)).isEqualTo("0 1 2");
        ground.assertEqual("item");
    }

    @Test
    void a_row_that_a_trigger_adds_after_the_deletes_fails_the_table() {
        withTrigger("after delete", "insert into public.item values (100, ''added'')")
                .source("delete from item where id = 3");

        assertThat(ground.failed(Trouble.CHANGED_BY_TRIGGER, item(), KEYS)).contains("also");
        assertThat(ground.rows("item")).isEqualTo("(1,v) (2,v) (3,v)");
    }

    /** Its own constraint would not have objected before the end of the transaction, to which of the rows nobody knows. */
    @Test
    void what_is_put_right_after_deletes_does_not_break_a_deferrable_constraint() {
        withTrigger("after delete", "update public.item set v = ''w'' where id = 1")
                .both("update item set v = id::text")
                .target("alter table item add unique (v) deferrable initially deferred")
                .source("delete from item where id = 3", "update item set v = '2' where id = 1");

        assertThat(ground.failed(Trouble.UNIQUE_VIOLATION, item().unique("item_v_key", "v"), KEYS))
                .contains("item_v_key");
        assertThat(ground.rows("item")).isEqualTo("(1,1) (2,2) (3,3)");
    }
}
