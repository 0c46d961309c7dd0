package pgsync.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.config.Secret;
import pgsync.error.ClusterUnreachable;
import pgsync.error.Stopped;
import pgsync.remote.FakeNode.Reply;

class NodesTest {
    private static final Nodes.Ask READ = Nodes.Ask.read("/api/v1/cluster");
    private static final Nodes.Ask WRITE = new Nodes.Ask("/api/v1/runs", "{}");

    private static Nodes nodes(@Nullable Secret token, String urls) {
        return new Nodes(NodeUrls.parse(urls), token, Nodes.Patience.USUAL);
    }

    @Test
    void the_next_node_is_asked_when_one_is_not_there_and_stays_the_one_that_is_asked() {
        try (var node = new FakeNode().replies(a -> Reply.ok("{}"));
                var nodes = nodes(null, FakeNode.nobody() + "," + node.url())) {
            assertThat(nodes.ask(READ).status()).isEqualTo(200);
            assertThat(nodes.ask(READ).node()).hasToString(node.url());
            assertThat(node.lines()).containsExactly("GET /api/v1/cluster", "GET /api/v1/cluster");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 500, 502, 503, 504})
    void reading_goes_on_with_another_node_when_one_is_cut_or_cannot_serve(int status) {
        try (var ill = new FakeNode().replies(a -> new Reply(status, ""));
                var well = new FakeNode().replies(a -> Reply.ok("{}"));
                var nodes = nodes(null, ill.url() + "," + well.url())) {
            assertThat(nodes.ask(READ).node()).hasToString(well.url());
            assertThat(ill.asked()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 500, 502, 504})
    void what_must_not_happen_twice_is_not_asked_again_when_nobody_knows_whether_it_happened(int status) {
        try (var ill = new FakeNode().replies(a -> new Reply(status, ""));
                var well = new FakeNode().replies(a -> Reply.ok("{}"));
                var nodes = nodes(null, ill.url() + "," + well.url())) {
            assertThatThrownBy(() -> nodes.askOnce(WRITE))
                    .isInstanceOf(ClusterUnreachable.class)
                    .hasMessageContaining("whether it did what was asked is not known");
            assertThat(ill.asked()).hasSize(1);
            assertThat(well.asked()).isEmpty();
        }
    }

    @Test
    void a_node_that_says_it_cannot_serve_did_not_do_what_must_not_happen_twice() {
        try (var ill = new FakeNode().replies(a -> Reply.error(503, "not ready", "wait"));
                var well = new FakeNode().replies(a -> Reply.ok("{}"));
                var nodes = nodes(null, FakeNode.nobody() + "," + ill.url() + "," + well.url())) {
            assertThat(nodes.askOnce(WRITE).node()).hasToString(well.url());
        }
    }

    @Test
    void a_node_that_lost_the_target_may_have_done_what_must_not_happen_twice() {
        try (var ill = new FakeNode()
                        .replies(a -> new Reply(
                                503, "{\"code\": \"target_unavailable\", \"message\": \"connection lost\"}"));
                var well = new FakeNode().replies(a -> Reply.ok("{}"));
                var nodes = nodes(null, ill.url() + "," + well.url())) {
            assertThatThrownBy(() -> nodes.askOnce(WRITE))
                    .isInstanceOf(ClusterUnreachable.class)
                    .hasMessageContaining("connection lost; whether it did what was asked is not known");
            assertThat(nodes.ask(READ).node()).hasToString(well.url());
        }
    }

    @Test
    void when_no_node_answers_each_is_named_with_its_reason() {
        var nobody = FakeNode.nobody();
        try (var ill = new FakeNode().replies(a -> Reply.error(503, "the target cannot be reached", "wait"));
                var nodes = nodes(null, nobody + "," + ill.url() + ",http://no-such-host.invalid:1")) {
            assertThatThrownBy(() -> nodes.ask(READ))
                    .isInstanceOf(ClusterUnreachable.class)
                    .hasMessage("no node answers: %s: connection refused; %s: the target cannot be reached;"
                                    .formatted(nobody, ill.url())
                            + " http://no-such-host.invalid:1: no such host");
        }
    }

    @Test
    void the_token_goes_with_every_request_and_into_no_redirect() {
        try (var thief = new FakeNode().replies(a -> Reply.ok("{}"));
                var node = new FakeNode().replies(a -> new Reply(307, thief.url()));
                var nodes = nodes(new Secret("geheim"), node.url())) {
            assertThat(nodes.ask(READ).status()).isEqualTo(307);
            assertThat(node.asked().getFirst().authorization()).isEqualTo("Bearer geheim");
            assertThat(thief.asked()).isEmpty();
        }
    }

    @Test
    void a_node_that_freezes_is_left_for_another_one() {
        var thaw = new CountDownLatch(1);
        try (var frozen = new FakeNode().replies(a -> {
                    awaitQuietly(thaw);
                    return Reply.CUT;
                });
                var well = new FakeNode().replies(a -> Reply.ok("{}"));
                var nodes = new Nodes(
                        NodeUrls.parse(frozen.url() + "," + well.url()),
                        null,
                        new Nodes.Patience(Duration.ofSeconds(5), Duration.ofMillis(300)))) {
            assertThat(nodes.ask(READ).node()).hasToString(well.url());
        } finally {
            thaw.countDown();
        }
    }

    @Test
    void an_interrupt_ends_the_waiting_and_stays_set() {
        try (var node = new FakeNode().replies(a -> Reply.ok("{}"));
                var nodes = nodes(null, node.url())) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> nodes.ask(READ)).isInstanceOf(Stopped.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
