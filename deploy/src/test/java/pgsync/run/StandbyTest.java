package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.event.RunEvent;
import pgsync.testground.FaultProxy;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;

/** A hot standby as source: it does not show the primary's transactions, and cancels who reads what its primary cleans up. */
@Tag("whole-run")
class StandbyTest {
    private static final String TABLE =
            "create table a (id int primary key, value text, updated_at timestamptz default now())";

    @BeforeEach
    void only_with_data_directories() {
        Assumptions.assumeFalse(TestServers.inContainers(), "a standby needs the data directory of its primary");
    }

    @Test
    void a_run_reads_a_standby_and_reads_the_overlap_again() {
        try (var primary = TestServers.start(TestServers.DEFAULT_MAJOR);
                var ground = SyncGround.between(primary, TestServers.shared(TestServers.DEFAULT_MAJOR))) {
            ground.onBoth(TABLE).onSource("insert into a select i, 'first' from generate_series(1, 1000) i");
            try (var standby = primary.standby(Map.of())) {
                ground.through(standby.url(ground.sourceName()), ground.targetUrl());

                var first = ground.sync().done();

                assertThat(first.warnings()).anySatisfy(w -> assertThat(w).contains("standby"));
                ground.assertEqual();
                ground.onSource(
                        "update a set value = 'second', updated_at = now() where id <= 10",
                        "delete from a where id between 11 and 15");
                awaitReplay(primary, standby);

                var second = ground.sync().done();

                ground.assertEqual();
                assertThat(second.upserted()).isEqualTo(10);
                assertThat(second.deleted()).isEqualTo(5);
            }
        }
    }

    @Test
    void a_run_that_the_standby_cancels_goes_on_in_a_new_snapshot() throws Exception {
        try (var primary = TestServers.start(TestServers.DEFAULT_MAJOR);
                var ground = SyncGround.between(primary, TestServers.shared(TestServers.DEFAULT_MAJOR))) {
            ground.onBoth(TABLE).onSource("insert into a select i, 'first' from generate_series(1, 1000) i");
            try (var standby = primary.standby(Map.of("max_standby_streaming_delay", "0"))) {
                ground.through(standby.url(ground.sourceName()), ground.targetUrl());
                ground.sync().done();
                ground.onSource("update a set value = 'second', updated_at = now() where id <= 10");
                awaitReplay(primary, standby);
                var run = new FutureTask<>(ground::sync);
                try (var blocker = ground.connectTarget()) {
                    blocker.setAutoCommit(false);
                    try (var statement = blocker.createStatement()) {
                        statement.execute("lock table a in access exclusive mode");
                    }
                    Thread.ofVirtual().start(run);
                    SyncGround.await(
                            "the run waits for the target",
                            () -> ground.countOnTarget(
                                            "select count(*) from pg_locks where not granted and relation = 'a'::regclass")
                                    > 0);
                    ground.onSource("delete from a where id > 900", "vacuum a");
                    SyncGround.await(
                            "the standby cancels the run's snapshot",
                            () -> standby.count(
                                            ground.sourceName(),
                                            "select confl_snapshot from pg_stat_database_conflicts where datname = current_database()")
                                    > 0);
                    blocker.rollback();
                }

                run.get(5, TimeUnit.MINUTES).done();

                awaitReplay(primary, standby);
                ground.sync().done();
                ground.assertEqual();
            }
        }
    }

    /** An update that the former primary had committed and handed on to nobody: the target alone has it, under a stamp of the past. */
    @Test
    void what_a_failover_lost_is_gone_from_the_target_after_the_next_run() {
        try (var primary = TestServers.start(TestServers.DEFAULT_MAJOR);
                var ground = SyncGround.between(primary, TestServers.shared(TestServers.DEFAULT_MAJOR))) {
            ground.onBoth(TABLE).onSource("insert into a select i, 'first' from generate_series(1, 1000) i");
            try (var standby = primary.standby(Map.of("checkpoint_timeout", "1h"))) {
                awaitReplay(primary, standby);
                standby.sql(TestServer.USER, "alter system set primary_conninfo = ''", "select pg_reload_conf()");
                SyncGround.await(
                        "the standby receives nothing any more",
                        () -> standby.count(TestServer.USER, "select count(*) from pg_stat_wal_receiver") == 0);
                ground.onSource("update a set value = 'lost', updated_at = now() where id <= 10");
                ground.sync().done();
                assertThat(ground.sync().done().table("a").mode()).isEqualTo("incremental");

                ground.failOverTo(standby);
                // Its log has overtaken the place where the former primary's was: only the timeline tells.
                ground.onSource("select pg_switch_wal()", "create table moves_the_log ()", "drop table moves_the_log");
                var first = ground.sync().done();

                ground.assertEqual();
                assertThat(first.table("a").mode()).isEqualTo("reconcile");
                assertThat(first.warnings()).anySatisfy(w -> assertThat(w).contains("failed over", "public.a"));
                ground.onSource("update a set value = 'second', updated_at = now() where id = 20");
                var second = ground.sync().done();
                ground.assertEqual();
                assertThat(second.table("a").mode()).isEqualTo("incremental");
                assertThat(second.upserted()).isEqualTo(1);
            }
        }
    }

    /** Stamped with the watermark itself: neither margin nor overlap of a later horizon can save the row. */
    @Test
    void what_a_standby_had_not_replayed_is_read_by_the_next_run_however_far_it_lags() {
        try (var primary = TestServers.start(TestServers.DEFAULT_MAJOR);
                var ground = SyncGround.between(primary, TestServers.shared(TestServers.DEFAULT_MAJOR))) {
            ground.onBoth(TABLE).onSource("insert into a select i, 'first' from generate_series(1, 10) i");
            try (var standby = primary.standby(Map.of())) {
                ground.through(standby.url(ground.sourceName()), ground.targetUrl());
                ground.onSource("update a set value = 'seen', updated_at = now() where id = 1");
                awaitReplay(primary, standby);
                ground.sync("overlap=1s").done();
                standby.sql(TestServer.USER, "select pg_wal_replay_pause()");
                ground.onSource(
                        "update a set value = 'late', updated_at = '%s' where id = 2".formatted(ground.watermark("a")));
                ground.sync("overlap=1s").done();
                standby.sql(TestServer.USER, "select pg_wal_replay_resume()");
                awaitReplay(primary, standby);

                ground.sync("overlap=1s").done();

                ground.assertEqual();
            }
        }
    }

    /** The stamp is the watermark, which is before the horizon, so no later run would read it. */
    @ParameterizedTest
    @ValueSource(strings = {"run", "table"})
    void a_run_that_loses_its_server_reads_no_other_that_lags_behind_it(String consistency) throws Exception {
        try (var primary = TestServers.start(TestServers.DEFAULT_MAJOR);
                var ground = SyncGround.between(primary, TestServers.shared(TestServers.DEFAULT_MAJOR));
                var proxy = FaultProxy.to(primary)) {
            ground.onBoth(TABLE).onSource("insert into a select i, 'first' from generate_series(1, 10) i");
            ground.sync().done();
            try (var standby = primary.standby(Map.of())) {
                awaitReplay(primary, standby);
                standby.sql(TestServer.USER, "select pg_wal_replay_pause()");
                ground.onSource("update a set value = 'second', updated_at = '%s' where id = 1"
                        .formatted(ground.watermark("a")));
                ground.through(
                        standby.url(ground.sourceName()).replace("@", "@%s:%d,".formatted(proxy.host(), proxy.port())),
                        ground.targetUrl());
                var told = new AtomicBoolean();
                var run = new FutureTask<>(() -> ground.sync(
                        event -> {
                            if (event instanceof RunEvent.Planned) {
                                proxy.refuse();
                                proxy.cutAll(FaultProxy.Cut.RESET);
                            }
                            if (event instanceof RunEvent.Warning(var table, var message, var remedy)
                                    && message.contains(" lags ")) {
                                told.set(true);
                            }
                        },
                        "consistency=" + consistency));
                Thread.ofVirtual().start(run);
                SyncGround.await(
                        "the run sees that the standby lags, or ends",
                        () -> told.get()
                                || run.isDone()
                                || ground.countOnTarget(
                                                "select count(*) from pgsync.task where last_error like '% lags %'")
                                        > 0);
                standby.sql(TestServer.USER, "select pg_wal_replay_resume()");

                run.get(1, TimeUnit.HOURS).done();

                ground.assertEqual();
            }
        }
    }

    private static void awaitReplay(TestServer primary, TestServer standby) {
        var written = primary.value(TestServer.USER, "select pg_current_wal_lsn()");
        SyncGround.await(
                "the standby has replayed " + written,
                () -> "t"
                        .equals(standby.value(
                                TestServer.USER, "select pg_last_wal_replay_lsn() >= '" + written + "'::pg_lsn")));
    }
}
