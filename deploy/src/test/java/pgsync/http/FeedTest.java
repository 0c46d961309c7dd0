package pgsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.http.Members.Cluster;
import pgsync.http.Members.Member;
import pgsync.status.TableNews;
import pgsync.task.NodeId;

class FeedTest {
    private final List<String> members = new CopyOnWriteArrayList<>(List.of("first"));
    private final AtomicInteger looks = new AtomicInteger();
    /** One permit lets the feed look once more after its first look. */
    private final Semaphore next = new Semaphore(0);

    private volatile boolean away;

    private final Feed feed = new Feed(
            new Feed.Eyes() {
                @Override
                public News begin() {
                    return News.after(0, new TableNews(List.of(), 0));
                }

                @Override
                public News.Look look(News before) {
                    looks.incrementAndGet();
                    if (away) {
                        throw new StepFailed(Trouble.UNREACHABLE, "look", "nobody there", new IOException());
                    }
                    return new News.Look(
                            new Cluster(
                                    "c",
                                    new NodeId(UUID.randomUUID()),
                                    null,
                                    members.stream().map(FeedTest::member).toList()),
                            List.of(),
                            new TableNews(List.of(), 0));
                }
            },
            duration -> next.acquire());

    private static Member member(String name) {
        return new Member(
                new NodeId(UUID.nameUUIDFromBytes(name.getBytes())),
                name,
                "worker",
                null,
                null,
                "1",
                1L,
                0,
                1,
                null,
                true,
                true);
    }

    /** Keeps what it is sent. */
    private static final class Listener implements Feed.Client {
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private volatile boolean gone;

        @Override
        public void send(String text) {
            heard.add(text);
        }

        @Override
        public boolean gone() {
            return gone;
        }

        @Override
        public void end() {
            gone = true;
        }

        void awaitSends(int count) {
            HttpGround.await(count + " messages, has " + heard, () -> heard.size() >= count);
        }

        String lastId() {
            var last = heard.getLast();
            var at = last.lastIndexOf("id: ") + 4;
            return last.substring(at, last.indexOf('\n', at));
        }
    }

    @AfterEach
    void end() {
        feed.close();
    }

    @Test
    void whoever_comes_hears_how_things_stand_and_then_what_changes() {
        var listener = new Listener();

        feed.join(listener, null);
        listener.awaitSends(1);
        members.add("second");
        next.release();
        listener.awaitSends(2);

        assertThat(listener.heard.get(0))
                .contains("event: reset", "\"name\":\"first\"")
                .doesNotContain("second");
        assertThat(listener.heard.get(1))
                .contains("event: member", "\"name\":\"second\"")
                .doesNotContain("reset", "first");
    }

    @Test
    void many_listeners_cost_one_look() {
        var listeners = new ArrayList<Listener>();
        for (var i = 0; i < Feed.MAX_CLIENTS; i++) {
            listeners.add(new Listener());
            feed.join(listeners.get(i), null);
        }
        listeners.forEach(listener -> listener.awaitSends(1));

        assertThat(looks).hasValue(1);
        assertThatThrownBy(() -> feed.join(new Listener(), null))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.answer().status()).isEqualTo(503));
    }

    @Test
    void nobody_is_looked_for_while_nobody_listens() {
        var listener = new Listener();
        feed.join(listener, null);
        listener.awaitSends(1);
        listener.gone = true;
        next.release(50);
        HttpGround.await("the watching ends", () -> !feed.isWatching());

        assertThat(looks.get()).isEqualTo(1);
        var later = new Listener();
        feed.join(later, null);
        later.awaitSends(1);
        assertThat(later.heard.getFirst()).contains("event: reset");
    }

    @Test
    void who_was_away_for_a_moment_hears_only_what_was_missed() {
        var stays = new Listener();
        feed.join(stays, null);
        stays.awaitSends(1);
        var known = stays.lastId();
        members.add("second");
        next.release();
        stays.awaitSends(2);

        var back = new Listener();
        feed.join(back, known);
        var stranger = new Listener();
        feed.join(stranger, "00000000-1");
        var forger = new Listener();
        feed.join(forger, known.substring(0, known.indexOf('-')) + "-999");

        assertThat(back.heard).hasSize(1);
        assertThat(back.heard.getFirst()).contains("second").doesNotContain("reset", "first");
        assertThat(stranger.heard.getFirst()).contains("event: reset", "first", "second");
        assertThat(forger.heard.getFirst()).contains("event: reset");
    }

    @Test
    void a_target_that_is_away_is_told_once_and_its_return_too() {
        var listener = new Listener();
        feed.join(listener, null);
        listener.awaitSends(1);
        away = true;
        next.release();
        listener.awaitSends(2);
        next.release();
        listener.awaitSends(3);
        away = false;
        next.release();
        listener.awaitSends(4);

        assertThat(listener.heard.get(1)).contains("event: problem", "target_unavailable", "nobody there");
        assertThat(listener.heard.get(2)).startsWith(":");
        assertThat(listener.heard.get(3)).contains("event: recovered");
    }

    @Test
    void closing_ends_every_listener() {
        var listener = new Listener();
        feed.join(listener, null);
        listener.awaitSends(1);

        feed.close();

        assertThat(listener.gone).isTrue();
        assertThatThrownBy(() -> feed.join(new Listener(), null)).isInstanceOf(Problem.class);
    }
}
