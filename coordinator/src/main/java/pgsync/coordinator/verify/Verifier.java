package pgsync.coordinator.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.error.StepFailed;
import pgsync.error.Stopped;
import pgsync.error.Trouble;
import pgsync.event.RunEvent;
import pgsync.event.RunEvents;
import pgsync.task.TableReport;
import pgsync.task.TableSpec;

/** Compares tables, some at a time, each in one read-only transaction a side. Safe to use for one verification after another. */
public final class Verifier {
    private static final int SHORTEST_FLOATS_SINCE = 12;

    private final Connector connector;
    private final Endpoint source;
    private final Endpoint target;
    private final int parallel;
    private final RunEvents events;

    public Verifier(Connector connector, Endpoint source, Endpoint target, int parallel, RunEvents events) {
        this.connector = connector;
        this.source = source;
        this.target = target;
        this.parallel = parallel;
        this.events = events;
    }

    /**
     * A table to compare.
     *
     * @param since what the source stamped from here on came after the last run, PostgreSQL text; null when nothing is known
     */
    public record Compared(TableSpec table, @Nullable String since) {}

    /**
     * Waits until every table has been compared; one that cannot be is reported as failed. {@code snapshot} is the source's, to read all
     * tables in; null for one a table. Throws {@link Stopped} when this thread is interrupted.
     */
    public List<TableReport> compare(List<Compared> tables, @Nullable String snapshot) {
        var waiting = new ConcurrentLinkedQueue<>(tables);
        var reports = new ConcurrentLinkedQueue<TableReport>();
        var threads = new ArrayList<Thread>();
        var open = ConcurrentHashMap.<Sessions>newKeySet();
        for (var i = 0; i < Math.min(parallel, tables.size()); i++) {
            threads.add(Thread.ofVirtual().name("verify-" + i).start(() -> work(waiting, snapshot, open, reports)));
        }
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            waiting.clear();
            open.forEach(Sessions::cancel);
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
            throw new Stopped("verify", e);
        }
        return List.copyOf(reports);
    }

    private void work(
            Queue<Compared> waiting, @Nullable String snapshot, Set<Sessions> open, Queue<TableReport> reports) {
        @Nullable Sessions sessions = null;
        try {
            for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                var began = System.nanoTime();
                events.on(new RunEvent.TableStarted(next.table().table(), TableReport.VERIFY));
                TableReport report;
                try {
                    sessions = sessions == null ? Sessions.open(this) : sessions;
                    open.add(sessions);
                    report = compare(next, sessions, snapshot, began);
                } catch (StepFailed e) {
                    sessions = closed(sessions, open);
                    report = failed(
                            next, String.valueOf(e.getMessage()), e.trouble().remedy(), began);
                } catch (Stopped stop) {
                    report = TableReport.unverified(
                            next.table().table(), TableReport.Status.CANCELLED, null, null, since(began));
                    waiting.clear();
                } catch (OutOfMemoryError e) {
                    sessions = closed(sessions, open);
                    report = failed(next, "its rows do not fit into the heap", Trouble.HEAP_TOO_SMALL.remedy(), began);
                } catch (RuntimeException | Error mistake) { // a thread that dies would leave its table out
                    sessions = closed(sessions, open);
                    report = failed(
                            next,
                            "a mistake in pgsync: " + mistake,
                            "please report it with the output of -verbose",
                            began);
                }
                reports.add(report);
                events.on(new RunEvent.TableEnded(report));
            }
        } finally {
            closed(sessions, open);
        }
    }

    private static TableReport failed(Compared table, String reason, String remedy, long began) {
        return TableReport.unverified(table.table().table(), TableReport.Status.FAILED, reason, remedy, since(began));
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static @Nullable Sessions closed(@Nullable Sessions sessions, Set<Sessions> open) {
        if (sessions != null) {
            open.remove(sessions);
            sessions.close();
        }
        return null;
    }

    private TableReport compare(Compared next, Sessions sessions, @Nullable String snapshot, long began) {
        var shortFloats = (sessions.source().major() < SHORTEST_FLOATS_SINCE)
                != (sessions.target().major() < SHORTEST_FLOATS_SINCE);
        sessions.source().begin(snapshot, shortFloats);
        sessions.target().begin(null, shortFloats);
        var found = new TableCheck(next.table(), next.since(), sessions.source(), sessions.target()).compare();
        sessions.source().end();
        sessions.target().end();
        return TableReport.verified(next.table().table(), found, since(began));
    }

    private record Sessions(Reading source, Reading target) implements AutoCloseable {
        static Sessions open(Verifier verifier) {
            var source = Reading.open(verifier.connector, Side.SOURCE, verifier.source);
            try {
                return new Sessions(source, Reading.open(verifier.connector, Side.TARGET, verifier.target));
            } catch (RuntimeException e) {
                source.close();
                throw e;
            }
        }

        void cancel() {
            source.cancel();
            target.cancel();
        }

        @Override
        public void close() {
            source.close();
            target.close();
        }
    }
}
