package pgsync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigRecordsTest {
    @Test
    void a_cluster_is_on_loopback_by_default() {
        assertThat(ClusterConfig.DEFAULT)
                .isEqualTo(new ClusterConfig("pgsync", "127.0.0.1", 5701, List.of(), null, null, true));
    }

    @Test
    void a_cluster_has_a_name_and_a_port_and_one_way_to_find_others() {
        assertThatThrownBy(() -> new ClusterConfig("", "x", 1, List.of(), null, null, true))
                .hasMessageContaining("cluster.name is empty");
        assertThatThrownBy(() -> new ClusterConfig("a", "x", 65_536, List.of(), null, null, true))
                .hasMessageContaining("cluster.port is 65536");
        assertThatThrownBy(() -> new ClusterConfig("a", "x", 1, List.of("b"), "c", null, true))
                .hasMessageContaining("both set");
    }

    @Test
    void http_is_on_loopback_by_default() {
        assertThat(HttpConfig.DEFAULT).isEqualTo(new HttpConfig("127.0.0.1", 8080, null));
    }

    @Test
    void http_beyond_loopback_needs_a_token() {
        assertThat(new HttpConfig("127.8.9.1", 0, null).token()).isNull();
        assertThat(new HttpConfig("::1", 0, null).token()).isNull();
        assertThat(new HttpConfig("0.0.0.0", 0, new Secret("x")).token()).isNotNull();
        assertThatThrownBy(() -> new HttpConfig("0.0.0.0", 0, null)).isInstanceOf(InvalidConfig.class);
        // A name that only begins like loopback resolves to wherever its owner likes.
        assertThatThrownBy(() -> new HttpConfig("127.0.0.1.evil.example", 0, null))
                .isInstanceOf(InvalidConfig.class);
        assertThatThrownBy(() -> new HttpConfig("localhost", 70_000, null)).hasMessageContaining("http.port is 70000");
    }

    @Test
    void output_is_for_people_by_default() {
        assertThat(OutputConfig.DEFAULT).isEqualTo(new OutputConfig(false, false));
    }

    @Test
    void a_record_refuses_what_its_setting_refuses() {
        for (var setting : List.of(Setting.PARALLEL, Setting.BATCH_SIZE, Setting.MAX_DELETE_PERCENT)) {
            var range = (Kind.Whole) setting.kind();
            assertThat(with(setting, range.least())).isNotNull();
            assertThat(with(setting, range.most())).isNotNull();
            assertThatThrownBy(() -> with(setting, range.least() - 1))
                    .hasMessageEndingWith("allowed: " + range.allowed());
            assertThatThrownBy(() -> with(setting, range.most() + 1))
                    .hasMessageEndingWith("allowed: " + range.allowed());
        }
    }

    private static SyncConfig with(Setting setting, int number) {
        var d = SyncConfig.DEFAULT;
        return new SyncConfig(
                d.schemas(),
                d.include(),
                d.exclude(),
                d.timestamps(),
                setting == Setting.PARALLEL ? number : d.parallel(),
                setting == Setting.BATCH_SIZE ? Integer.valueOf(number) : d.batchSize(),
                d.verbose(),
                d.reconcile(),
                d.dryRun(),
                d.delete(),
                setting == Setting.MAX_DELETE_PERCENT ? number : d.maxDeletePercent(),
                d.forceDeletes(),
                d.consistentRun(),
                d.overlap(),
                d.timestampZone(),
                d.allowSkips(),
                d.keepHistory(),
                d.tables());
    }
}
