package pgsync.testground;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EveryMajorTest {
    @Test
    void default_and_newest_are_always_there() {
        assertThat(TestServers.majors()).contains(TestServers.DEFAULT_MAJOR, 18).isSorted();
    }

    @Tag("majors")
    @ParameterizedTest
    @MethodSource("pgsync.testground.TestServers#majors")
    void the_sample_is_the_same_on_every_major(int major) {
        var standard = TestServers.shared(TestServers.DEFAULT_MAJOR);
        var server = TestServers.shared(major);
        var here = standard.freshDatabase("sample");
        var there = server.freshDatabase("sample");
        SampleSchema.createAndFill(standard, here, 100, 9);
        SampleSchema.createAndFill(server, there, 100, 9);

        assertThat(Oracle.compare(standard, here, server, there).differences()).isEmpty();
        assertThat(server.count("postgres", "select current_setting('server_version_num')::int / 10000"))
                .isEqualTo(major);
    }
}
