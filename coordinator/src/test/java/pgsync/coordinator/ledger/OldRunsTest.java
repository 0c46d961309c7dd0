package pgsync.coordinator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What of the books is thrown away when it is old, and what never is. */
class OldRunsTest {
    private final LedgerGround ground = new LedgerGround();
    private int made;

    @AfterEach
    void close() {
        ground.close();
    }

    private void forget() {
        new OldRuns(ground.pool, Duration.ofDays(90)).forget();
    }

    private String run(String mode, String state, String daysAgo, String... tables) {
        return runBy("schedule", mode, state, daysAgo, tables);
    }

    /** A run of a minute that began that long ago, and a line of history for each table. */
    private String runBy(String by, String mode, String state, String daysAgo, String... tables) {
        var id = new UUID(1, ++made).toString();
        ground.sql("""
                insert into pgsync.run (id, mode, state, requested_by, cluster, source_identity, started_at, finished_at)
                select '%s', '%s', '%s', '%s', 'c', 's', t.at, case when '%s' <> 'running' then t.at + interval '1 minute' end
                  from (select clock_timestamp() - interval '%s days' as at) t
                """.formatted(id, mode, state, by, state, daysAgo));
        for (var table : tables) {
            ground.sql("""
                    insert into pgsync.sync_log (run_id, schema_name, table_name, mode, start_time, end_time, status)
                    select id, 's', '%s', 'incremental', started_at, finished_at, 'done' from pgsync.run where id = '%s'
                    """.formatted(table, id));
        }
        return id;
    }

    private List<String> runsLeft() {
        return ground.column("select id::text from pgsync.run order by id").stream()
                .map(String::valueOf)
                .toList();
    }

    @Test
    void runs_older_than_asked_go_with_their_history_and_younger_ones_stay() {
        run("sync", "done", "100", "a", "b");
        run("sync", "done", "91", "a");
        var young = run("sync", "done", "89", "a");
        var newest = run("sync", "done", "1", "a", "b");

        forget();

        assertThat(runsLeft()).containsExactly(young, newest);
        assertThat(ground.column("select run_id || ' ' || table_name from pgsync.sync_log order by id"))
                .containsExactly(young + " a", newest + " a", newest + " b");
    }

    @Test
    void counters_keep_what_was_forgotten() {
        run("sync", "done", "100", "a");
        run("sync", "done", "99", "a");
        run("sync", "failed", "98", "a");
        run("sync", "failed", "1", "a");
        run("sync", "done", "1", "a");

        forget();
        run("sync", "done", "95", "b");
        run("sync", "done", "1", "b");
        forget();

        assertThat(ground.column("select concat_ws(' ', state, runs, seconds) from pgsync.forgotten_runs order by 1"))
                .containsExactly("done 3 180", "failed 1 60");
    }

    @Test
    void the_newest_line_of_a_table_stays_with_its_run() {
        var last = run("sync", "done", "200", "gone", "a");
        run("sync", "done", "190", "a");
        run("sync", "done", "1", "a");

        forget();

        assertThat(runsLeft()).hasSize(2).contains(last);
        assertThat(ground.row("count(*)", "pgsync.sync_log where run_id = '" + last + "'"))
                .as("a run is told whole or not at all")
                .isEqualTo("2");
    }

    @Test
    void the_newest_run_of_each_kind_stays() {
        run("verify", "done", "300");
        var verified = run("verify", "done", "200");
        var scheduled = run("sync", "failed", "150");
        runBy("somebody", "sync", "done", "1");

        forget();

        assertThat(runsLeft()).hasSize(3).contains(verified, scheduled);
    }

    @Test
    void what_is_open_or_still_needed_stays() {
        var open = run("sync", "running", "300");
        var holds = run("sync", "done", "299");
        var copies = run("sync", "failed", "298");
        var hasTasks = run("sync", "failed", "297");
        run("sync", "done", "1");
        run("sync", "failed", "1");
        run("sync", "running", "0");
        ground.sql("""
                insert into pgsync.table_state (schema_name, table_name, source_identity, current_run, copy_run)
                values ('s', 'held', 's', '%s', null), ('s', 'copied', 's', null, '%s')
                """.formatted(holds, copies), """
                insert into pgsync.task (run_id, schema_name, table_name, kind, gate, spec) values ('%s', 's', 't', 'COPY', 'g', '{}')
                """.formatted(hasTasks));

        forget();

        assertThat(runsLeft()).hasSize(7).contains(open, holds, copies, hasTasks);
    }

    @Test
    void many_old_runs_go_little_by_little() {
        ground.sql("""
                insert into pgsync.run (id, mode, state, requested_by, source_identity, started_at, finished_at)
                select gen.id::text::uuid, 'sync', 'done', 'me', 's', now() - interval '1 day' * (400 - gen.n), now() - interval '1 day' * (400 - gen.n)
                  from (select n, '00000000-0000-0000-0000-' || lpad(n::text, 12, '0') as id from generate_series(1, 250) n) gen
                """);
        runBy("me", "sync", "done", "1");

        forget();
        assertThat(ground.row("count(*)", "pgsync.run")).isEqualTo("151");
        forget();
        forget();
        assertThat(ground.row("count(*)", "pgsync.run")).isEqualTo("2");
    }
}
