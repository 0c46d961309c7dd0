package pgsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SettingTest {
    @Test
    void flag_and_variable_come_from_the_key() {
        assertThat(Setting.BATCH_SIZE.flag()).isEqualTo("batch-size");
        assertThat(Setting.BATCH_SIZE.variable()).isEqualTo("PGSYNC_BATCH_SIZE");
        assertThat(Setting.CLUSTER_SERVICE_DNS.flag()).isEqualTo("cluster.kubernetes.service-dns");
        assertThat(Setting.CLUSTER_SERVICE_DNS.variable()).isEqualTo("PGSYNC_CLUSTER_KUBERNETES_SERVICE_DNS");
    }

    @Test
    void no_two_settings_share_a_name() {
        assertThat(Arrays.stream(Setting.values()).map(Setting::key)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Setting.values()).map(Setting::flag)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Setting.values()).map(Setting::variable)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Setting.values()).flatMap(s -> s.aliases().stream()))
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(
                        Arrays.stream(Setting.values()).map(Setting::key).toList());
    }
}
