package pgsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearMissTest {
    private static final List<String> KNOWN = List.of("batchSize", "parallel", "include", "exclude", "cluster.name");

    @Test
    void finds_what_was_meant() {
        assertThat(NearMiss.of("batchsize", KNOWN)).contains("batchSize");
        assertThat(NearMiss.of("batch_size", KNOWN)).contains("batchSize");
        assertThat(NearMiss.of("paralell", KNOWN)).contains("parallel");
        assertThat(NearMiss.of("inlcude", KNOWN)).contains("include");
        assertThat(NearMiss.of("paralle_lx", KNOWN)).contains("parallel");
        assertThat(NearMiss.of("btchsiz", KNOWN)).contains("batchSize");
        assertThat(NearMiss.of("clusterName", KNOWN)).contains("cluster.name");
    }

    @Test
    void is_silent_when_nothing_is_near() {
        assertThat(NearMiss.of("colour", KNOWN)).isEmpty();
        assertThat(NearMiss.hint("colour", KNOWN)).isEmpty();
    }
}
