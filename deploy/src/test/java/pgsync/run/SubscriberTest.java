package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;

/** A source that gets its rows by logical replication: their stamps were taken on another server, and they come when they come. */
@Tag("whole-run")
class SubscriberTest {
    private static final String TABLE = "create table t (id int primary key, v text, updated_at timestamptz not null)";

    @ParameterizedTest
    @ValueSource(ints = {10, 15, 18})
    void a_row_that_replication_brings_late_is_read_though_its_stamp_is_of_before_the_last_run(int major) {
        try (var server = TestServers.start(major, Map.of("wal_level", "logical"));
                var ground = SyncGround.between(server, TestServers.shared(major))) {
            var publisher = published(server, ground);
            var first = ground.sync().done();
            server.sql(publisher, "update t set v = 'late', updated_at = now() - interval '5 minutes' where id = 1");
            SyncGround.await(
                    "the row is replicated", () -> "late".equals(ground.onSourceValue("select v from t where id = 1")));

            ground.sync().done();

            ground.assertEqual();
            assertThat(first.warnings()).anySatisfy(w -> assertThat(w).contains("logical replication"));
            ground.onSource("drop subscription sub");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 15, 18})
    void watermarks_stay_while_a_subscription_receives_nothing(int major) {
        try (var server = TestServers.start(major, Map.of("wal_level", "logical"));
                var ground = SyncGround.between(server, TestServers.shared(major))) {
            published(server, ground);
            ground.sync().done();
            var watermark = ground.watermark("t");
            ground.onSource("alter subscription sub disable");
            SyncGround.await(
                    "the subscription has stopped",
                    () -> "0".equals(ground.onSourceValue("select count(pid) from pg_stat_subscription")));

            var ran = ground.sync().done();

            assertThat(ran.warnings()).anySatisfy(w -> assertThat(w).contains("receives nothing"));
            assertThat(ground.watermark("t")).isEqualTo(watermark);
            ground.onSource("drop subscription sub");
        }
    }

    /** Gives the database that publishes the source's table. It is on the same server, so its slot has to be there before. */
    private static String published(TestServer server, SyncGround ground) {
        var publisher = server.freshDatabase("publisher");
        ground.onBoth(TABLE);
        server.sql(
                publisher,
                TABLE,
                "insert into t select i, 'v', '2025-01-01' from generate_series(1, 20) i",
                "create publication pub for table t",
                "select pg_create_logical_replication_slot('sub', 'pgoutput')");
        ground.onSource(
                "create subscription sub connection 'host=%s port=%d dbname=%s user=%s password=%s' publication pub with (create_slot = false)"
                        .formatted(server.host(), server.port(), publisher, TestServer.USER, TestServer.PASSWORD));
        SyncGround.await(
                "the table was copied",
                () -> "20 r"
                        .equals(
                                Objects.requireNonNull(
                                        ground.onSourceValue(
                                                "select count(*) || ' ' || (select string_agg(srsubstate::text, '') from pg_subscription_rel) from t"))));
        SyncGround.await(
                "the publisher has sent something",
                () -> "1"
                        .equals(
                                ground.onSourceValue(
                                        "select count(*) from pg_stat_subscription where relid is null and last_msg_send_time is not null")));
        return publisher;
    }
}
