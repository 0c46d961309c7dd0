package pgsync.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.time.Pause;

/**
 * The events of a node, for everyone who listens: one look at the target a second whatever their number, and none while nobody is
 * there. Safe from any thread. Keeps a bounded past, from which someone who lost the connection goes on.
 */
final class Feed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    static final int MAX_CLIENTS = 64;
    private static final int MAX_PAST = 2_000;
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** Looks between two signs of life to those to whom there is nothing to tell. */
    private static final int LOOKS_BETWEEN_SIGNS = 15;

    private static final Map<String, String> RECOVERED = Map.of();
    private static final String SIGN_OF_LIFE = ": alive\n\n";

    private final Eyes eyes;
    private final Pause pause;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Client> clients = new ArrayList<>();
    private final Deque<Event> past = new ArrayDeque<>();
    private News news = new News();
    private String epoch = "";
    private long number;
    private boolean looked;
    private boolean closed;
    private Problem.@Nullable Body problem;
    private @Nullable Thread watching;

    /** Looks at the target; both wait for it. */
    interface Eyes {
        /** Before the first look: what must not be told as new. */
        News begin();

        News.Look look(News before);
    }

    /** Someone who listens. Every method returns at once. */
    interface Client {
        /** Sends, or drops the client when it has not taken what was sent before. */
        void send(String text);

        /** True when it went or was dropped. */
        boolean gone();

        void end();
    }

    private record Event(long number, String text) {}

    Feed(Eyes eyes, Pause pause) {
        this.eyes = eyes;
        this.pause = pause;
    }

    /** Everything from now on; before it what was missed since {@code lastSeen}, or how things stand where that is not known any more. */
    void join(Client client, @Nullable String lastSeen) {
        lock.lock();
        try {
            clients.removeIf(Client::gone);
            if (closed || clients.size() >= MAX_CLIENTS) {
                throw new Problem(
                        503,
                        "too_many_listeners",
                        "too many listen to this node's events",
                        "ask another node, or later");
            }
            if (watching == null) {
                beginAnew();
            }
            if (looked) {
                client.send(since(lastSeen));
                if (problem != null) {
                    client.send(text("problem", problem, number));
                }
            }
            clients.add(client);
        } finally {
            lock.unlock();
        }
    }

    private void beginAnew() {
        past.clear();
        number = 0;
        epoch = UUID.randomUUID().toString().substring(0, 8);
        looked = false;
        problem = null;
        watching = Thread.ofVirtual().name("events").start(this::watch);
    }

    private String since(@Nullable String lastSeen) {
        var text = new StringBuilder();
        var from = lastSeen != null && lastSeen.startsWith(epoch + "-") ? number(lastSeen) : -1;
        var oldest = past.isEmpty() ? number + 1 : past.getFirst().number();
        if (from >= oldest - 1 && from <= number) {
            past.stream().filter(event -> event.number() > from).forEach(event -> text.append(event.text()));
        } else {
            news.everything().forEach(item -> text.append(text(item.event(), item.carried(), number)));
        }
        return text.isEmpty() ? SIGN_OF_LIFE : text.toString();
    }

    private long number(String lastSeen) {
        try {
            return Long.parseLong(lastSeen.substring(epoch.length() + 1));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private String text(String event, Object carried, long id) {
        return "id: %s-%d\nevent: %s\ndata: %s\n\n".formatted(epoch, id, event, Json.text(carried));
    }

    private void watch() {
        @Nullable News known = null;
        try {
            for (var look = 1; somebodyListens(); look++) {
                try {
                    if (known == null) {
                        known = eyes.begin();
                    }
                    tell(known, eyes.look(known), look);
                } catch (StepFailed e) {
                    tellProblem(StatusServer.targetAway(e).body());
                }
                pause.sleep(INTERVAL);
            }
        } catch (InterruptedException | Stopped stop) {
            LOG.debug("events end");
        } catch (RuntimeException e) {
            LOG.warn("events of this node ended", e);
            endAll();
        }
    }

    /** False also ends the watching: whoever comes next begins anew. */
    private boolean somebodyListens() {
        lock.lock();
        try {
            clients.removeIf(Client::gone);
            if (clients.isEmpty() || closed) {
                watching = null;
                return false;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void tell(News known, News.Look look, int looks) {
        lock.lock();
        try {
            var changes = known.changes(look);
            if (!looked) {
                problem = null;
                looked = true;
                news = known;
                var everything = since(null);
                clients.forEach(client -> client.send(everything));
                return;
            }
            var text = new StringBuilder();
            if (problem != null) {
                problem = null;
                text.append(text("recovered", RECOVERED, number));
            }
            for (var item : changes) {
                var event = new Event(++number, text(item.event(), item.carried(), number));
                past.addLast(event);
                text.append(event.text());
                if (past.size() > MAX_PAST) {
                    past.removeFirst();
                }
            }
            if (text.isEmpty() && looks % LOOKS_BETWEEN_SIGNS == 0) {
                text.append(SIGN_OF_LIFE);
            }
            if (!text.isEmpty()) {
                clients.forEach(client -> client.send(text.toString()));
            }
        } finally {
            lock.unlock();
        }
    }

    private void tellProblem(Problem.Body now) {
        lock.lock();
        try {
            var text = now.equals(problem) ? SIGN_OF_LIFE : text("problem", now, number);
            problem = now;
            clients.forEach(client -> client.send(text));
        } finally {
            lock.unlock();
        }
    }

    boolean isWatching() {
        lock.lock();
        try {
            return watching != null;
        } finally {
            lock.unlock();
        }
    }

    private void endAll() {
        lock.lock();
        try {
            watching = null;
            clients.forEach(Client::end);
            clients.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        @Nullable Thread last;
        lock.lock();
        try {
            closed = true;
            last = watching;
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.interrupt();
        }
        endAll();
    }
}
