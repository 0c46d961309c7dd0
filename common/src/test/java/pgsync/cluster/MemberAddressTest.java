package pgsync.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import pgsync.config.ClusterConfig;

class MemberAddressTest {
    @Test
    void every_form_of_an_entry_is_read() {
        assertThat(shown("a", "b:6000", "10.0.0.1", "10.0.0.1:7", "[fd00::1]", "[fd00::1]:8", "fd00::2"))
                .containsExactly(
                        "a:5701",
                        "b:6000",
                        "10.0.0.1:5701",
                        "10.0.0.1:7",
                        "[fd00::1]:5701",
                        "[fd00::1]:8",
                        "[fd00::2]:5701");
    }

    @Test
    void one_node_named_twice_is_one() {
        assertThat(shown("a", "a:5701")).containsExactly("a:5701");
    }

    private static List<String> shown(String... members) {
        var cluster = new ClusterConfig("c", "127.0.0.1", 5701, List.of(members), null, null, true);
        return MemberAddress.all(cluster).stream().map(MemberAddress::toString).toList();
    }
}
