package pgsync.worker.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static pgsync.worker.apply.Described.table;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.error.Trouble;
import pgsync.task.Outcome;
import pgsync.task.Work;
import pgsync.task.Work.UpsertCircle.Member;

/** Foreign keys and triggers that stay on: what a write may do besides what it was asked for, and tables that refer to each other. */
class RefersTest {
    private static final Work KEYS = new Work.Keys(true, null);
    private static final Work RECONCILE = new Work.Reconcile();

    private final ApplyGround ground = ApplyGround.empty();

    private static Described parent() {
        return table("parent", "id", "v").bound().forced();
    }

    /** Parents 1 to 3 on both sides, each with a child, of which the target's has the key that is given. */
    private ApplyGround withChildren(String onSource, String onTarget) {
        return ground.both(
                        "create table parent (id int primary key, v text)",
                        "insert into parent select i, 'v' from generate_series(1, 3) i",
                        "create table child (id int primary key, parent int)",
                        "insert into child select i, i from generate_series(1, 3) i")
                .source(
                        onSource.isEmpty()
                                ? "select 1"
                                : "alter table child add constraint c foreign key (parent) " + onSource)
                .target(
                        onTarget.isEmpty()
                                ? "select 1"
                                : "alter table child add constraint c foreign key (parent) " + onTarget);
    }

    // --- rows that go

    @ParameterizedTest
    @CsvSource({
        "references parent,stay refer to rows",
        "references parent on delete restrict,stay refer to rows",
        "references parent on delete cascade,would also change rows of public.child",
        "references parent on delete set null,would also change rows of public.child",
        "references parent on delete set default,would also change rows of public.child"
    })
    void rows_that_stay_keep_the_rows_that_they_refer_to(String key, String reason) {
        withChildren("", key).source("delete from parent where id = 3");

        assertThat(ground.failed(Trouble.STILL_REFERRED_TO, parent(), KEYS)).contains(reason);
        assertThat(ground.rows("parent")).contains("(3,v)");
        assertThat(ground.rows("child")).contains("(3,3)");
        ground.target("delete from child where id = 3");
        assertThat(ground.done(parent(), KEYS)).isEqualTo("0 1 0");
    }

    @Test
    void a_cascade_as_on_the_source_takes_along_nothing_that_is_still_there() {
        withChildren("references parent on delete cascade", "references parent on delete cascade")
                .source("delete from parent where id = 3");

        assertThat(ground.failed(Trouble.STILL_REFERRED_TO, parent(), KEYS)).contains("child");
        assertThat(ground.rows("child")).contains("(3,3)");
    }

    @Test
    void a_key_that_sets_null_does_on_the_target_what_it_did_on_the_source() {
        withChildren("references parent on delete set null", "references parent on delete set null")
                .source("delete from parent where id = 3");

        assertThat(ground.done(parent(), KEYS)).isEqualTo("0 1 0");
        ground.assertEqual("parent", "child");
    }

    @ParameterizedTest
    @CsvSource({
        "set default 1, set default 1, true",
        "drop default, drop default, true",
        "'type bigint, alter parent set default 1', 'type bigint, alter parent set default 1', true",
        "set default 1, set default 2, false",
        "set default 1, drop default, false",
        "set default 1 + 0, set default 1 + 0, false"
    })
    void a_key_that_sets_a_default_does_so_where_that_is_the_same_constant(
            String onSource, String onTarget, boolean same) {
        withChildren("references parent on delete set default", "references parent on delete set default")
                .source("alter table child alter parent " + onSource)
                .target("alter table child alter parent " + onTarget)
                .source("delete from parent where id = 3");

        if (same) {
            assertThat(ground.done(parent(), KEYS)).isEqualTo("0 1 0");
            ground.assertEqual("parent", "child");
        } else {
            assertThat(ground.failed(Trouble.STILL_REFERRED_TO, parent(), KEYS)).contains("child");
            assertThat(ground.rows("child")).contains("(3,3)");
        }
    }

    @Test
    void foreign_keys_that_are_switched_off_say_nothing() {
        withChildren("", "references parent on delete cascade").source("delete from parent where id = 3");

        assertThat(ground.done(table("parent", "id", "v").forced(), KEYS)).isEqualTo("0 1 0");
        assertThat(ground.rows("child")).contains("(3,3)");
    }

    @Test
    void rows_of_one_table_that_refer_to_each_other_go_together() {
        ground.both(
                        "create table tree (id int primary key, up int references tree on delete cascade)",
                        "insert into tree values (1, null), (2, 1), (3, 2), (4, null)")
                .source("delete from tree where id = 2");
        var tree = table("tree", "id", "up").bound().forced();

        assertThat(ground.done(tree, KEYS)).isEqualTo("0 2 0");
        ground.assertEqual("tree");
        ground.target("insert into tree values (2, 1), (9, 2)").source("insert into tree values (9, null)");
        assertThat(ground.failed(Trouble.STILL_REFERRED_TO, tree, KEYS)).contains("public.tree");
        assertThat(ground.rows("tree")).contains("(9,2)");
    }

    // --- what else changes

    @Test
    void rows_of_tables_that_are_kept_in_step_do_not_change_by_a_trigger() {
        withChildren("", "")
                .target(
                        "create function also() returns trigger language plpgsql as"
                                + " 'begin update public.child set parent = null where id = 1; return null; end'",
                        "create trigger also after insert or update or delete on parent for each row execute function also()")
                .source("insert into parent values (4, 'new')");
        ground.pending(table("child", "id", "parent"), RECONCILE);

        assertThat(ground.failed(Trouble.CHANGED_BY_TRIGGER, parent().triggers("also"), RECONCILE))
                .contains("public.child", "by a trigger");
        assertThat(ground.rows("child")).contains("(1,1)");
        ground.source("delete from parent where id = 4", "delete from parent where id = 3");
        assertThat(ground.failed(Trouble.CHANGED_BY_TRIGGER, parent().triggers("also"), KEYS))
                .contains("public.child");
        assertThat(ground.rows("parent")).contains("(3,v)");
    }

    @Test
    void what_triggers_write_into_tables_of_the_targets_own_is_what_they_are_for() {
        withChildren("", "")
                .target(
                        "create table audit (n int)",
                        "insert into audit values (0)",
                        "create function also() returns trigger language plpgsql as"
                                + " 'begin insert into public.audit values (1); update public.audit set n = n + 1; return null; end'",
                        "create trigger also after insert or update on parent for each row execute function also()")
                .source("insert into parent values (4, 'new')");

        assertThat(ground.done(parent().triggers("also"), RECONCILE)).isEqualTo("1 0 3");
        assertThat(ground.onTarget("select count(*) from audit")).isEqualTo("2");
    }

    @Test
    void triggers_find_tables_that_they_name_without_a_schema() {
        withChildren("", "")
                .target(
                        "create table audit (n int)",
                        "create function also() returns trigger language plpgsql as 'begin insert into audit values (1); return null; end'",
                        "create trigger also after insert or update on parent for each row execute function also()")
                .source("insert into parent values (4, 'new')");

        assertThat(ground.done(parent().triggers("also"), RECONCILE)).isEqualTo("1 0 3");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rows_follow_a_changed_value_only_as_they_did_on_the_source(boolean asOnSource) {
        ground.both(
                        "create table parent (id int primary key, v text, unique (v))",
                        "insert into parent values (1, 'a'), (2, 'b')",
                        "create table child (id int primary key, v text)",
                        "insert into child values (1, 'a')")
                .target("alter table child add constraint c foreign key (v) references parent (v) on update cascade")
                .source("update parent set v = 'x' where id = 1");
        ground.pending(table("child", "id", "v"), RECONCILE);
        if (asOnSource) {
            ground.source(
                    "update child set v = 'x'",
                    "alter table child add constraint c foreign key (v) references parent (v) on update cascade");
            assertThat(ground.done(parent(), RECONCILE)).isEqualTo("1 0 1");
            ground.assertEqual("parent", "child");
        } else {
            assertThat(ground.failed(Trouble.STILL_REFERRED_TO, parent(), RECONCILE))
                    .contains("rows of public.child would change", "by a foreign key");
            assertThat(ground.rows("child")).isEqualTo("(1,a)");
        }
    }

    @Test
    void rows_that_follow_those_that_follow_may_change_as_well() {
        ground.both(
                        "create table parent (id int primary key, v text unique)",
                        "insert into parent values (1, 'a'), (2, 'b')",
                        "create table child (id int primary key, v text unique references parent (v) on update cascade)",
                        "insert into child values (1, 'a')",
                        "create table grandchild (id int primary key, v text references child (v) on update cascade)",
                        "insert into grandchild values (1, 'a')")
                .source("update parent set v = 'x' where id = 1");

        assertThat(ground.done(parent(), RECONCILE)).isEqualTo("1 0 1");
        ground.assertEqual("parent", "child", "grandchild");

        ground.pending(table("grandchild", "id", "v"), RECONCILE);
        ground.source(
                "alter table grandchild drop constraint grandchild_v_fkey", "update parent set v = 'y' where id = 1");
        assertThat(ground.failed(Trouble.STILL_REFERRED_TO, parent(), RECONCILE))
                .contains("public.grandchild");
        assertThat(ground.rows("grandchild")).isEqualTo("(1,x)");
    }

    @Test
    void other_rows_of_the_same_table_do_not_change_along() {
        ground.both("create table tree (id int primary key, v text unique, up text)")
                .both("insert into tree values (1, 'a', null), (2, 'b', 'a')")
                .target("alter table tree add foreign key (up) references tree (v) on update cascade")
                .source("update tree set v = 'x' where id = 1", "update tree set up = null where id = 2")
                .target("update tree set up = null where id = 2", "insert into tree values (3, 'c', 'a')");
        var tree = table("tree", "id", "v", "up").bound();

        assertThat(ground.failed(Trouble.STILL_REFERRED_TO, tree, RECONCILE)).contains("other rows of the same table");
        assertThat(ground.rows("tree")).contains("(3,c,a)");
    }

    /** 1. c3 becomes n3, and rows follow it; 2. another row takes c3, and two of them refer to that one again. */
    @ParameterizedTest
    @ValueSource(strings = {"cascade", "set null", "set default"})
    void rows_that_followed_a_value_and_went_back_to_it_end_as_on_the_source(String action) {
        ground.both(
                        "create table tree (id int primary key, v text unique, up text default 'c1')",
                        "insert into tree select i, 'c' || i, 'c' || i % 4 + 1 from generate_series(1, 8) i",
                        "alter table tree add foreign key (up) references tree (v) on update " + action)
                .source(
                        "update tree set v = 'n3' where id = 3",
                        "insert into tree values (9, 'c3', null)",
                        "update tree set up = 'c3' where id in (2, 6)");
        var tree = table("tree", "id", "v", "up").unique("tree_v_key", "v").bound();

        ground.done(tree, RECONCILE);

        ground.assertEqual("tree");
    }

    @Test
    void writes_of_several_tables_are_told_from_what_else_changes() {
        ground.both(
                "create table parent (id int primary key, v text)",
                "create table child (id int primary key, parent int references parent on delete cascade)");
        ground.source("insert into parent values (1, 'a')", "insert into child values (1, 1)");

        assertThat(ground.done(parent(), RECONCILE)).isEqualTo("1 0 0");
        assertThat(ground.done(table("child", "id", "parent").bound(), RECONCILE))
                .isEqualTo("1 0 0");
        ground.assertEqual("parent", "child");
    }

    @Test
    void triggers_that_only_look_let_rows_come_and_go() {
        withChildren("", "")
                .target(
                        "create function look() returns trigger language plpgsql as 'begin return null; end'",
                        "create trigger look after insert or update or delete on parent for each row execute function look()")
                .source("insert into parent values (4, 'new')", "delete from parent where id = 3");

        assertThat(ground.done(parent().triggers("look"), RECONCILE, KEYS)).isEqualTo("1 1 2");
        ground.assertEqual("parent");
    }

    // --- circles

    private static Described a() {
        return table("a", "id", "b").bound().forced();
    }

    private static Described b() {
        return table("b", "id", "a").bound().forced();
    }

    private ApplyGround withCircle() {
        return ground.both(
                        "create table a (id int primary key, b int not null)",
                        "create table b (id int primary key, a int not null)")
                .both(
                        "alter table a add foreign key (b) references b deferrable",
                        "alter table b add foreign key (a) references a")
                .source("alter table a alter constraint a_b_fkey initially deferred")
                .source(
                        "insert into a select i, i from generate_series(1, 5) i; insert into b select i, i from generate_series(1, 5) i");
    }

    private static Work circle(Work rows) {
        return new Work.UpsertCircle(List.of(new Member(a().spec(), rows), new Member(b().spec(), rows)));
    }

    private static Work deletes() {
        return new Work.DeleteCircle(List.of(a().spec(), b().spec()));
    }

    private String countsOf(long task) {
        return ground.onTarget(
                "select concat_ws(' ', status, rows_upserted, rows_deleted, rows_unchanged) from pgsync.task where id = "
                        + task);
    }

    @Test
    void tables_that_refer_to_each_other_come_and_go_in_one_statement() {
        withCircle();
        var follower = new Work.InCircle(a().name());
        var task = ground.pending(b(), follower);

        assertThat(ground.done(a(), circle(RECONCILE), deletes())).isEqualTo("5 0 0");
        ground.assertEqual("a", "b");
        assertThat(countsOf(task.value())).isEqualTo("PENDING 5 0 0");
        assertThat(ground.run(ground.claimed(task, 1, null, b(), follower))).isInstanceOf(Outcome.Done.class);

        ground.source(
                "begin; set constraints all deferred; delete from b where id > 2; delete from a where id > 2; insert into a values (9, 9);"
                        + " insert into b values (9, 9); update b set a = 9 where id = 1; commit");
        task = ground.pending(b(), follower);
        assertThat(ground.done(a(), circle(RECONCILE), deletes())).isEqualTo("1 3 2");
        ground.assertEqual("a", "b");
        assertThat(countsOf(task.value())).isEqualTo("PENDING 2 3 1");
    }

    @Test
    void what_is_the_same_is_left_alone() {
        withCircle();
        ground.done(a(), circle(RECONCILE));

        assertThat(ground.done(a(), circle(RECONCILE), deletes())).isEqualTo("0 0 0");
        ground.source("update a set b = 1 where id = 5");
        assertThat(ground.done(a(), circle(RECONCILE), deletes())).isEqualTo("1 0 4");
        assertThat(ground.told()).contains("public.a: 1 of 1 buckets differ");
    }

    @Test
    void rows_of_a_circle_come_by_stamp_and_when_they_are_missing() {
        ground.both(
                        "create table a (id int primary key, b int, at timestamptz)",
                        "create table b (id int primary key, a int, at timestamptz)",
                        "insert into a select i, null, '2025-01-01' from generate_series(1, 3) i",
                        "insert into b select i, 1, '2025-01-01' from generate_series(1, 3) i",
                        "alter table a add foreign key (b) references b",
                        "alter table b add foreign key (a) references a")
                .source(
                        "insert into b values (8, 1, '2025-01-01')",
                        "update a set b = 8, at = '2026-02-01' where id = 1",
                        "update a set b = 2 where id = 2");
        var a = table("a", "at", "id", "b").timestamp("at").bound();
        var b = table("b", "at", "id", "a").timestamp("at").bound();
        var since = new Work.Upsert("2026-01-01+00", null);
        var task = ground.pending(b, new Work.InCircle(a.name()));

        assertThat(ground.done(
                        a, new Work.UpsertCircle(List.of(new Member(a.spec(), since), new Member(b.spec(), since)))))
                .isEqualTo("1 0 0");
        assertThat(ground.rows("a")).contains("(1,8,", "(2,,");
        assertThat(countsOf(task.value())).isEqualTo("PENDING 1 0 3");
    }

    @Test
    void unique_values_that_changed_places_inside_of_a_circle_arrive() {
        ground.both(
                        "create table a (id int primary key, b int, u text unique)",
                        "create table b (id int primary key, a int, u text)",
                        "insert into a values (1, null, 'x'), (2, null, 'y'), (3, null, 'z')",
                        "insert into b values (1, 1, 'p')",
                        "alter table a add foreign key (b) references b",
                        "alter table b add foreign key (a) references a")
                .source(
                        "update a set u = null",
                        "update a set u = case id when 1 then 'y' when 2 then 'x' end, b = 1 where id < 3")
                .source("update b set u = 'q'", "delete from a where id = 3")
                .target("delete from a where id = 3");
        var a = table("a", "id", "b", "u").unique("a_u_key", "u").bound();
        var b = table("b", "id", "a", "u").bound();
        var work = new Work.UpsertCircle(List.of(new Member(a.spec(), RECONCILE), new Member(b.spec(), RECONCILE)));
        ground.pending(b, new Work.InCircle(a.name()));

        assertThat(ground.done(a, work)).isEqualTo("2 0 0");
        ground.assertEqual("a", "b");
    }

    @Test
    void rows_of_a_circle_that_followed_a_value_and_went_back_to_it_end_as_on_the_source() {
        ground.both(
                        "create table a (id int primary key, v text unique, b text)",
                        "create table b (id int primary key, v text unique, a text)",
                        "insert into a select i, 'a' || i, null from generate_series(1, 5) i",
                        "insert into b select i, 'b' || i, 'a' || i from generate_series(1, 5) i",
                        "update a set b = 'b' || id",
                        "alter table a add foreign key (b) references b (v) on update cascade",
                        "alter table b add foreign key (a) references a (v) on update cascade")
                .source(
                        "update a set v = 'n3' where id = 3",
                        "insert into a values (6, 'a3', null)",
                        "update b set a = 'a3' where id = 3");
        var a = table("a", "id", "v", "b").unique("a_v_key", "v").bound();
        var b = table("b", "id", "v", "a").unique("b_v_key", "v").bound();
        var work = new Work.UpsertCircle(List.of(new Member(a.spec(), RECONCILE), new Member(b.spec(), RECONCILE)));
        ground.pending(b, new Work.InCircle(a.name()));

        ground.done(a, work);

        ground.assertEqual("a", "b");
    }

    /** Where nothing may stand in for a value, rows go and come in the one statement; what has no row on the source goes. */
    @Test
    void unique_values_of_a_circle_that_others_may_refer_to_arrive_by_exchange() {
        ground.both(
                        "create table a (id int primary key, b int, u text not null unique)",
                        "create table b (id int primary key, a int)",
                        "insert into a values (1, null, 'x'), (2, null, 'y'), (3, null, 'z'), (4, null, 'same')",
                        "insert into b values (1, 1)",
                        "alter table a add foreign key (b) references b")
                .source("alter table b add foreign key (a) references a")
                .target(
                        "alter table b add foreign key (a) references a on update cascade",
                        "create table other (u text references a (u))")
                .source(
                        "delete from a where id = 3",
                        "update a set u = 'z' where id = 1",
                        "update a set u = 'x', b = 1 where id = 2");
        var a = table("a", "id", "b", "u").unique("a_u_key", "u").bound();
        var b = b();
        var task = ground.pending(b, new Work.InCircle(a.name()));

        assertThat(ground.done(
                        a,
                        new Work.UpsertCircle(
                                List.of(new Member(a.spec(), RECONCILE), new Member(b.spec(), RECONCILE)))))
                .isEqualTo("2 1 1");
        ground.assertEqual("a", "b");
        assertThat(countsOf(task.value())).isEqualTo("PENDING 0 0 0");
        assertThat(ground.told())
                .anySatisfy(told -> assertThat(told).startsWith("public.a: a unique value moved to another row"));
    }

    /** PostgreSQL would say it when the transaction ends, and nothing could be done about it any more. */
    @Test
    void a_value_of_a_circle_that_a_deferrable_constraint_keeps_out_gets_its_way_free() {
        ground.both(
                        "create table a (id int primary key, b int, u text)",
                        "create table b (id int primary key, a int)",
                        "insert into a values (1, null, 'x'), (2, null, 'y'), (3, null, 'z')",
                        "alter table a add foreign key (b) references b",
                        "alter table b add foreign key (a) references a")
                .target("alter table a add constraint a_u unique (u) deferrable initially deferred")
                .source("delete from a where id = 3", "update a set u = 'z' where id = 1");
        var a = table("a", "id", "b", "u").unique("a_u", "u").bound().forced();
        var b = b();
        ground.pending(b, new Work.InCircle(a.name()));
        var rows = new Work.UpsertCircle(List.of(new Member(a.spec(), RECONCILE), new Member(b.spec(), RECONCILE)));

        assertThat(ground.done(a, rows, new Work.DeleteCircle(List.of(a.spec(), b.spec()))))
                .isEqualTo("1 1 1");
        ground.assertEqual("a", "b");
    }

    @Test
    void triggers_of_every_table_of_a_circle_find_tables_that_they_name_without_a_schema() {
        withCircle()
                .target(
                        "create table audit (n int)",
                        "create function also() returns trigger language plpgsql as 'begin insert into audit values (1); return null; end'",
                        "create trigger also after insert or delete on b for each row execute function also()");
        var b = b().triggers("also");
        ground.pending(b, new Work.InCircle(a().name()));
        var rows = new Work.UpsertCircle(List.of(new Member(a().spec(), RECONCILE), new Member(b.spec(), RECONCILE)));

        assertThat(ground.done(a(), rows)).isEqualTo("5 0 0");
        assertThat(ground.onTarget("select count(*) from audit")).isEqualTo("5");
        ground.source(
                "begin; set constraints all deferred; delete from b where id = 5; delete from a where id = 5; commit");
        assertThat(ground.done(a(), new Work.DeleteCircle(List.of(a().spec(), b.spec()))))
                .isEqualTo("0 1 0");
        assertThat(ground.onTarget("select count(*) from audit")).isEqualTo("6");
        ground.assertEqual("a", "b");
    }

    @Test
    void a_violation_that_no_exchange_mends_is_told() {
        ground.source("create table a (id int primary key, u text)", "insert into a values (1, 'x'), (2, 'x')")
                .target("create table a (id int primary key, u text)", "create unique index a_u on a (u)");
        var a = table("a", "id", "u").bound();

        assertThat(ground.failed(
                        Trouble.UNIQUE_VIOLATION, a, new Work.UpsertCircle(List.of(new Member(a.spec(), RECONCILE)))))
                .contains("a_u");
        ground.target("drop index a_u", "alter table a add check (id < 2)");
        ground.failed(Trouble.CONSTRAINT_VIOLATION, a, new Work.UpsertCircle(List.of(new Member(a.spec(), RECONCILE))));
    }

    @Test
    void the_guard_stops_a_whole_circle() {
        withCircle();
        ground.done(a(), circle(RECONCILE));
        ground.source(
                "begin; set constraints all deferred; delete from b where id > 2; delete from a where id > 2; commit");
        var a = table("a", "id", "b").bound();
        var task = ground.pending(b(), new Work.InCircle(a.name()));
        var leader = ground.pending(a, deletes());

        var outcome = ground.run(ground.claimed(leader, 1, null, a, deletes()));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.GuardStopped.class,
                        stopped -> assertThat(stopped.reason()).contains("public.a", "would delete 3 of 5"));
        assertThat(ground.onTarget("select count(*) from b")).isEqualTo("5");

        ground.target(
                "update pgsync.task set status = 'FAILED', guard = true, last_error = 'too many', remedy = 'look' where id = "
                        + leader.value());
        assertThat(ground.run(ground.claimed(task, 1, null, b(), new Work.InCircle(a.name()))))
                .isInstanceOfSatisfying(
                        Outcome.GuardStopped.class,
                        stopped -> assertThat(stopped.reason()).contains("goes together with public.a", "too many"));
        ground.target("update pgsync.task set guard = false where id = " + leader.value());
        assertThat(ground.run(ground.claimed(
                        ground.pending(b(), new Work.InCircle(a.name())), 1, null, b(), new Work.InCircle(a.name()))))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.remedy()).isEqualTo("look"));
    }

    @Test
    void rows_of_a_circle_that_the_source_has_by_now_are_kept() throws SQLException {
        withCircle();
        ground.done(a(), circle(RECONCILE));
        ground.source(
                "begin; set constraints all deferred; delete from b where id > 3; delete from a where id > 3; commit");
        try (var moment = ground.now()) {
            ground.source(
                    "begin; set constraints all deferred; insert into a values (4, 4); insert into b values (4, 4); commit");
            ground.pending(b(), new Work.InCircle(a().name()));
            var claim = ground.claimed(ground.pending(a(), deletes()), 1, moment.snapshot(), a(), deletes());

            assertThat(ground.done(claim)).isEqualTo("0 1 0");
        }
        assertThat(ground.onTarget("select string_agg(id::text, ' ' order by id) from b"))
                .isEqualTo("1 2 3 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "on delete cascade"})
    void what_still_refers_to_rows_of_a_circle_keeps_them(String action) {
        withCircle();
        ground.done(a(), circle(RECONCILE));
        ground.target("create table other (a int references a " + action + ")", "insert into other values (5)")
                .source(
                        "begin; set constraints all deferred; delete from b where id = 5; delete from a where id = 5; commit");

        assertThat(ground.failed(Trouble.STILL_REFERRED_TO, a(), deletes())).contains("public.other");
        assertThat(ground.rows("other")).isEqualTo("(5)");
        assertThat(ground.onTarget("select count(*) from b")).isEqualTo("5");
    }

    @Test
    void triggers_in_a_circle_are_looked_after() {
        withCircle()
                .target(
                        "create function spoil() returns trigger language plpgsql as"
                                + " 'begin if tg_op = ''DELETE'' then return null; end if; new.id := new.id + 100; return new; end'",
                        "create trigger spoil before insert or delete on a for each row execute function spoil()",
                        "alter table b drop constraint b_a_fkey");
        var a = table("a", "id", "b").bound().forced().triggers("spoil");
        var work = new Work.UpsertCircle(List.of(new Member(a.spec(), RECONCILE), new Member(b().spec(), RECONCILE)));
        ground.pending(b(), new Work.InCircle(a.name()));

        assertThat(ground.failed(Trouble.CHANGED_BY_TRIGGER, a, work)).contains("spoil");
        assertThat(ground.rows("a")).isEqualTo("null");

        ground.target(
                        "insert into b values (1, 1)",
                        "alter table a disable trigger spoil",
                        "insert into a values (77, 1)")
                .target("alter table a enable trigger spoil");
        assertThat(ground.failed(Trouble.CHANGED_BY_TRIGGER, a, new Work.DeleteCircle(List.of(a.spec(), b().spec()))))
                .contains("spoil");
        assertThat(ground.rows("a")).isEqualTo("(77,1)");
    }

    @Test
    void tables_that_are_kept_in_step_do_not_change_with_a_circle() {
        withCircle()
                .target(
                        "create table kept (id int primary key, n int)",
                        "insert into kept values (1, 0)",
                        "create function also() returns trigger language plpgsql as"
                                + " 'begin update public.kept set n = n + 1; return null; end'");
        ground.pending(table("kept", "id", "n"), RECONCILE);
        ground.pending(b(), new Work.InCircle(a().name()));
        ground.done(a(), circle(RECONCILE));
        ground.target("create trigger also after insert or update or delete on a for each row execute function also()")
                .source(
                        "begin; set constraints all deferred; delete from b where id = 5; delete from a where id = 5; commit")
                .source("update a set b = 1 where id = 2");
        var a = a().triggers("also");
        var rows = new Work.UpsertCircle(List.of(new Member(a.spec(), RECONCILE), new Member(b().spec(), RECONCILE)));

        assertThat(ground.failed(Trouble.CHANGED_BY_TRIGGER, a, rows)).contains("public.kept");
        assertThat(ground.failed(Trouble.CHANGED_BY_TRIGGER, a, new Work.DeleteCircle(List.of(a.spec(), b().spec()))))
                .contains("public.kept");
        assertThat(ground.rows("kept")).isEqualTo("(1,0)");
        assertThat(ground.onTarget("select count(*) from a")).isEqualTo("5");
    }

    @Test
    void a_rehearsal_of_a_circle_counts_and_writes_nothing() {
        withCircle();
        ground.pending(b(), new Work.InCircle(a().name()));
        var a = a().rehearsed();

        assertThat(ground.run(a, circle(RECONCILE), deletes())).isInstanceOf(Outcome.Done.class);
        assertThat(ground.rows("a")).isEqualTo("null");
        assertThat(ground.run(b().rehearsed(), new Work.InCircle(a.name()))).isInstanceOf(Outcome.Done.class);
    }

    /** A target that was never written to has none. */
    @Test
    void a_rehearsal_does_not_look_into_the_books() {
        withCircle();
        var followed = ground.claimed(b().rehearsed(), new Work.InCircle(a().name()));
        var caughtUp = ground.claimed(b().rehearsed(), new Work.CatchUp(null, null, true));
        ground.target("alter schema pgsync rename to none");
        try {
            assertThat(ground.run(followed)).isInstanceOf(Outcome.Done.class);
            assertThat(ground.run(caughtUp)).isInstanceOf(Outcome.Done.class);
        } finally {
            ground.target("alter schema none rename to pgsync");
        }
    }
}
