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
    void no_answer_in_time_is_a_lost_connection() {
        assertThat(Troubles.ofVertx(new TimeoutException())).isEqualTo(Trouble.CONNECTION_LOST);
    }

    @Test
    void the_network_s_own_failures_are_a_server_out_of_reach() {
        assertThat(Troubles.ofVertx(new VertxException(new IOException("Connection reset"))))
                .isEqualTo(Trouble.UNREACHABLE);
    }
}
