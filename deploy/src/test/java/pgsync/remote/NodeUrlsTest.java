package pgsync.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.config.InvalidConfig;

class NodeUrlsTest {
    @Test
    void several_addresses_stand_in_the_order_they_are_asked() {
        assertThat(NodeUrls.parse("http://a:8080, https://b.example/pgsync/,http://[::1]:81")
                        .urls())
                .extracting(Object::toString)
                .containsExactly("http://a:8080", "https://b.example/pgsync", "http://[::1]:81");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a:8080",
                "localhost",
                "ftp://a:1",
                "http://",
                "http://a:0",
                "http://a:65536",
                "http://a:8080?x=1",
                "http://a:8080#x",
                "http://a:8080,",
                "http://a b",
                "file:///etc/passwd"
            })
    void what_is_no_address_of_a_node_is_an_error(String text) {
        assertThatThrownBy(() -> NodeUrls.parse(text))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("-cluster is ")
                .hasMessageContaining("allowed: http://host:port");
    }

    @Test
    void a_password_in_an_address_is_refused_and_not_repeated() {
        assertThatThrownBy(() -> NodeUrls.parse("http://me:geheim@a:8080"))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("http://***@a:8080")
                .hasMessageNotContaining("geheim");
    }
}
