package pgsync.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The process is killed with -9 at moments that chance chooses. Each time the target shows whole transactions only, and the next run
 * makes both sides equal without doing again what was finished.
 */
class KilledIT {
    private static final int KILLS_OF_COPIES = 8;
    private static final int KILLS_OF_UPSERTS = 12;
    /** 500 bytes a row and 8 MB a slice: about four slices a table. */
    private static final int ROWS = 60_000;

    private static final int GROUPS = 400;
    private static final int ROWS_OF_A_GROUP = 30;
    private static final String BATCH = "100";

    private final long seed = Long.getLong("pgsync.test.seed", System.nanoTime());
    private final RandomGenerator chance = new SplittableRandom(seed);
    private final Ground ground = Ground.fresh();
    private int caught;

    @AfterEach
    void drop() {
        ground.close();
    }

    @Test
    void a_first_copy_leaves_whole_slices_and_the_next_run_copies_only_the_others() {
        var tables = new String[] {"one", "two"};
        for (var table : tables) {
            ground.onBoth(
                    "create table %s (id int primary key, filler text, updated_at timestamptz not null default now())"
                            .formatted(table));
            ground.onSource("insert into %s select i, repeat('x', 450), '2025-01-01' from generate_series(1, %d) i"
                    .formatted(table, ROWS));
        }
        ground.onSource("vacuum analyze");
        var calm = measured("-parallel", "2");
        for (var kill = 1; kill <= KILLS_OF_COPIES; kill++) {
            ground.onTarget("drop schema pgsync cascade", "truncate one, two");
            var moment = killed(kill, calm, "-parallel", "2");

            var finished = new HashMap<String, String>();
            for (var table : tables) {
                assertSlicesAreWholeOrAbsent(table, moment);
                finished.putAll(finishedSlices(table));
            }
            // Rows may be changed while nobody synchronizes; those that are not must not be touched again.
            ground.onSource(
                    "update one set updated_at = now(), filler = 'new' where id % 100 = 0",
                    "delete from two where id % 1000 = 0", "insert into two values (1000000 + " + kill + ", 'late')");
            runsToTheEnd(moment);

            ground.assertEqual();
            finished.forEach((slice, before) ->
                    assertThat(physical(slice)).as(moment + ", " + slice).isEqualTo(before));
            var stillDone =
                    ground.onTargetColumn("select id::text from pgsync.task where kind = 'COPY' and status = 'DONE'");
            assertThat(stillDone).as(moment).hasSizeGreaterThanOrEqualTo(finished.size());
        }
        assertThat(caught).as("runs caught at work, seed " + seed).isGreaterThan(KILLS_OF_COPIES / 2);
    }

    private void largeTables(String... tables) {
        for (var table : tables) {
            ground.onBoth(
                    "create table %s (id int primary key, filler text, updated_at timestamptz not null default now())"
                            .formatted(table));
            ground.onSource("insert into %s select i, repeat('x', 450), '2025-01-01' from generate_series(1, %d) i"
                    .formatted(table, ROWS));
        }
        ground.onSource("vacuum analyze");
    }

    @Test
    void a_copy_killed_after_its_last_slice_misses_nothing_that_changed_before_the_next_run() {
        ground.onBoth("create table first_use (id int primary key)");
        assertThat(ground.sync().run().code()).isZero();
        largeTables("one");
        ground.onTarget("""
                create function hold() returns trigger language plpgsql as 'begin perform pg_sleep(60); return new; end';
                create trigger hold before update on pgsync.task for each row
                    when (new.kind = 'CATCHUP' and new.status = 'CLAIMED') execute function hold()
                """);
        try (var running = ground.sync().start()) {
            running.until("all slices are there", () -> ground.countOnTarget("select count(*) from one") == ROWS);
            running.kill();
        }
        ground.onTarget(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'pgsync %'");
        awaitSilence("killed before the catch-up");
        ground.onTarget("drop trigger hold on pgsync.task");
        ground.onSource("update one set filler = 'new', updated_at = now() where id = 7");

        runsToTheEnd("killed before the catch-up");

        ground.assertEqual();
        assertThat(ground.countOnTarget(
                        "select count(*) from pgsync.sync_log where table_name = 'one' and mode = 'resume'"))
                .isEqualTo(1);
    }

    @Test
    void changes_of_one_source_transaction_are_there_together_or_not_at_all() {
        ground.onBoth("""
                create table grouped (id int primary key, grp int not null, version int not null default 0,
                                      updated_at timestamptz not null default now());
                create index on grouped (updated_at);
                create index on grouped (grp)
                """);
        ground.onSource("insert into grouped select i, i %% %d, 0, '2025-01-01' from generate_series(0, %d) i"
                .formatted(GROUPS, GROUPS * ROWS_OF_A_GROUP - 1));
        assertThat(ground.sync().run().code()).isZero();
        changeEveryGroup(0);
        var calm = measured("-batch-size", BATCH);
        for (var kill = 1; kill <= KILLS_OF_UPSERTS; kill++) {
            changeEveryGroup(kill);

            var moment = killed(kill, calm, "-batch-size", BATCH);

            assertThat(ground.onTargetColumn("""
                            select grp || ' has ' || count(distinct version) || ' versions, ' || count(*) || ' rows'
                              from grouped group by grp having count(distinct version) > 1 or count(*) <> %d
                            """.formatted(ROWS_OF_A_GROUP)))
                    .as(moment)
                    .isEmpty();
            ground.onSource("delete from grouped where grp = %d".formatted(GROUPS + kill - 1));
            changeGroups(0, GROUPS / 10);
            runsToTheEnd(moment);
            ground.assertEqual();
        }
        assertThat(caught).as("runs caught at work, seed " + seed).isGreaterThan(KILLS_OF_UPSERTS / 2);
    }

    /** One transaction a group, and one that makes a group; so the rows of a group share a stamp that no others have. */
    private void changeEveryGroup(int round) {
        changeGroups(0, GROUPS);
        ground.onSource(
                "insert into grouped select 1000000 + %1$d * 1000 + i, %2$d, 0, now() from generate_series(1, %3$d) i"
                        .formatted(round, GROUPS + round, ROWS_OF_A_GROUP));
    }

    private void changeGroups(int from, int to) {
        ground.onSource("""
                do $$
                begin
                    for g in %d .. %d loop
                        update grouped set version = version + 1, updated_at = now() where grp = g;
                        commit;
                    end loop;
                end
                $$
                """.formatted(from, to - 1));
    }

    /** How long an undisturbed run works, from the moment it has planned. */
    private Duration measured(String... arguments) {
        try (var running = ground.sync(with(arguments)).start()) {
            running.until("planned", () -> running.out().contains("\"planned\""));
            var began = System.nanoTime();
            var ended = running.ended();
            assertThat(ended.code()).as(ended.toString()).isZero();
            return Duration.ofNanos(System.nanoTime() - began);
        }
    }

    /** Starts a run and kills it somewhere in the time that an undisturbed one takes. Says when, for the test that fails. */
    private String killed(int number, Duration calm, String... arguments) {
        var after = Duration.ofNanos((long) (calm.toNanos() * chance.nextDouble()));
        var moment = "kill %d, %d ms after planning, seed %d".formatted(number, after.toMillis(), seed);
        try (var running = ground.sync(with(arguments)).start()) {
            running.until("planned", () -> running.out().contains("\"planned\""));
            if (!running.endsWithin(after)) {
                caught++;
            }
            running.kill();
        }
        awaitSilence(moment);
        return moment;
    }

    private static String[] with(String... arguments) {
        var all = new String[arguments.length + 1];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "-json";
        return all;
    }

    /** PostgreSQL notices a moment later that the other end is gone; what it was told to commit before, it commits. */
    private void awaitSilence(String moment) {
        for (var look = 0; look < 2_000; look++) {
            if (ground.onTargetIs(
                    "select not exists (select from pg_stat_activity where application_name like 'pgsync %')")) {
                return;
            }
        }
        throw new AssertionError("its connections stay: " + moment);
    }

    private void runsToTheEnd(String moment) {
        // Nobody but us knows yet that the process is dead; without this every round would wait until its lease ran
        // out.
        ground.onTarget("update pgsync.node set heartbeat = heartbeat - interval '1 minute'");
        var ended = ground.sync("-json").run();
        assertThat(ended.code()).as(moment + ": " + ended).isZero();
        assertThat(ground.countOnTarget("select count(*) from pgsync.table_state where current_run is not null"))
                .as(moment)
                .isZero();
        assertThat(ground.countOnTarget("select count(*) from pgsync.run where state in ('planning', 'running')"))
                .as(moment)
                .isZero();
    }

    private void assertSlicesAreWholeOrAbsent(String table, String moment) {
        for (var slice : slices(table).entrySet()) {
            var ids = sourceIds(table, slice.getKey());
            var there = ground.countOnTarget("select count(*) from %s where id between %s".formatted(table, ids));
            var expected = slice.getValue().equals("DONE")
                    ? ground.sourceServer()
                            .count(ground.source(), "select count(*) from %s where id between %s".formatted(table, ids))
                    : 0;
            assertThat(there)
                    .as("%s, slice %s of %s is %s", moment, slice.getKey(), table, slice.getValue())
                    .isEqualTo(expected);
        }
    }

    /** Status by block range, {@code from-to}. */
    private Map<String, String> slices(String table) {
        var found = new HashMap<String, String>();
        if (ground.countOnTarget("select count(*) from pg_namespace where nspname = 'pgsync'") == 0) {
            return found;
        }
        ground.onTargetColumn("""
                        select coalesce(s ->> 'from', '0') || '-' || coalesce(s ->> 'to', '-1') || ' ' || status
                          from (select spec::json #> '{steps,0,slice}' as s, status from pgsync.task
                                 where kind = 'COPY' and table_name = '%s') as slices
                        """.formatted(table)).forEach(line -> found.put(line.split(" ")[0], line.split(" ")[1]));
        return found;
    }

    /** Rows lie in the order of their numbers, so blocks are a range of ids. */
    private String sourceIds(String table, String blocks) {
        var bounds = blocks.split("-", 2);
        var upper = bounds[1].equals("-1") ? "" : " and ctid < '(%s,0)'".formatted(bounds[1]);
        return String.valueOf(ground.sourceServer()
                .value(
                        ground.source(),
                        "select min(id) || ' and ' || max(id) from %s where ctid >= '(%s,0)'%s and id < 1000000"
                                .formatted(table, bounds[0], upper)));
    }

    /** Where the rows of finished slices lie, by what selects them. */
    private Map<String, String> finishedSlices(String table) {
        var finished = new HashMap<String, String>();
        slices(table).forEach((blocks, status) -> {
            if (status.equals("DONE")) {
                var rows = "%s where id between %s and id %% 100 <> 0".formatted(table, sourceIds(table, blocks));
                finished.put(rows, physical(rows));
            }
        });
        return finished;
    }

    /** A row that was written again has another place and another transaction, whatever it holds. */
    private String physical(String rows) {
        return ground.onTargetColumn("select md5(string_agg(ctid || ' ' || xmin, ',' order by id)) from " + rows)
                .getFirst();
    }
}
