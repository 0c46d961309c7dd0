package pgsync.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VertxException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import pgsync.error.Trouble;

/** What Vert.x says of a connection that is gone, in its several ways, is a lost connection: it is tried again. */
class TroublesTest {
    @Test
    void an_answer_that_was_cut_off_is_a_lost_connection() {
        assertThat(Troubles.ofVertx(ClosedConnectionException.INSTANCE)).isEqualTo(Trouble.CONNECTION_LOST);
    }

    @Test
    void a_closed_connection_is_a_lost_one() {
        assertThat(Troubles.ofVertx(new VertxException("Connection was closed")))
                .isEqualTo(Trouble.CONNECTION_LOST);
    }

    @Test
    void a_connection_that_was_found_to_be_gone_before_it_is_used_is_a_lost_one() {
        assertThat(Troubles.ofVertx(new VertxException("Connection is not active now, current status: CLOSED")))
                .isEqualTo(Trouble.CONNECTION_LOST);
    }

    @Test
    void no_answer_in_time_is_a_lost_connection() {
        assertThat(Troubles.ofVertx(new TimeoutException())).isEqualTo(Trouble.CONNECTION_LOST);
    }

    @Test
    void the_network_s_own_failures_are_a_server_out_of_reach() {
        assertThat(Troubles.ofVertx(new VertxException(new IOException("Connection reset"))))
                .isEqualTo(Trouble.UNREACHABLE);
    }

    @Test
    void a_failure_without_a_code_is_told_by_what_is_deepest_in_it() {
        var deep = new RuntimeException("outer", new java.net.UnknownHostException("db.example"));

        assertThat(Troubles.reason(deep)).isEqualTo("unknown host db.example");
        assertThat(Troubles.reason(new RuntimeException("outer", new java.io.IOException(" "))))
                .isEqualTo("IOException");
        assertThat(Troubles.reason(new java.io.IOException())).isEqualTo("IOException");
        assertThat(Troubles.reason(new java.io.IOException("refused"))).isEqualTo("refused");
    }

    @Test
    void failures_of_the_network_are_told_apart() {
        assertThat(Troubles.ofVertx(new RuntimeException(new javax.net.ssl.SSLException("no"))))
                .isEqualTo(Trouble.TLS_REFUSED);
        assertThat(Troubles.ofVertx(new java.io.IOException("no"))).isEqualTo(Trouble.UNREACHABLE);
        assertThat(Troubles.ofVertx(new RuntimeException(new java.util.concurrent.TimeoutException())))
                .isEqualTo(Trouble.CONNECTION_LOST);
        assertThat(Troubles.ofVertx(new io.vertx.core.VertxException("Connection was closed", true)))
                .isEqualTo(Trouble.CONNECTION_LOST);
        assertThat(Troubles.ofVertx(new io.vertx.core.VertxException("Timeout", true)))
                .isEqualTo(Trouble.CONNECTION_LOST);
        assertThat(Troubles.ofVertx(new io.vertx.core.VertxException("other", true)))
                .isEqualTo(Trouble.UNKNOWN);
        assertThat(Troubles.ofVertx(new IllegalStateException("closed"))).isEqualTo(Trouble.UNKNOWN);
    }
}
