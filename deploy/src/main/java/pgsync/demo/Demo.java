package pgsync.demo;

import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import pgsync.cli.Demonstration;
import pgsync.testground.Oracle;
import pgsync.testground.SampleSchema;
import pgsync.testground.TestServers;
import pgsync.testground.Writer;
import pgsync.time.Pause;

/**
 * A shop that people keep using is copied to an empty server while they do, by three nodes of which one is killed at work; an oracle
 * that knows nothing of pgsync compares.
 */
public final class Demo implements Demonstration {
    /** Some 210,000 rows in 14 tables. */
    private static final int ORDERS = 35_000;

    private static final long SEED = 2026;
    /** Enough that every run finds changes, few enough that two cores can do the rest. */
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(2);

    private static final int CHANGES_BETWEEN_RUNS = 200;

    private final InstantSource clock;
    private final Pause pause = Pause.real();

    public Demo(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public boolean show(PrintStream out, InputStream in, boolean keep) {
        var story = new Story(out, clock);
        story.title(
                "pgsync demo: three nodes copy a shop that people keep using to an empty server, and one of them dies");
        try {
            return show(story, in, keep);
        } catch (RuntimeException e) {
            // Ctrl-C makes whatever waits fail in its own words; what matters then is that nothing stays behind.
            if (Thread.currentThread().isInterrupted()) {
                story.line("stopped; the servers and their data are gone");
                return false;
            }
            throw e;
        }
    }

    private boolean show(Story story, InputStream in, boolean keep) {
        story.line("starting two PostgreSQL %d servers", TestServers.DEFAULT_MAJOR);
        try (var servers = TwoServers.start()) {
            story.line("source: %s, target: %s", servers.source(), servers.target());
            story.line("starting a coordinator and two workers, each a process of its own");
            try (var nodes = ThreeNodes.start(servers)) {
                fill(servers, story);
                var status = nodes.status();
                story.line("the three nodes are a cluster; look at %s/api/v1/cluster while this goes on", status);
                var ran = synchronize(servers, nodes, status, story);
                var equal = ran && compare(servers, story);
                if (keep) {
                    story.connections(servers, status);
                    Enter.await(in);
                }
                return equal;
            }
        }
    }

    private static void fill(TwoServers servers, Story story) {
        story.line("making the shop on both and filling the source meanwhile");
        try (var source = servers.source().connect(TwoServers.DATABASE);
                var target = servers.target().connect(TwoServers.DATABASE)) {
            SampleSchema.create(target);
            SampleSchema.create(source);
            SampleSchema.fill(source, ORDERS, SEED);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot make the shop", e);
        }
        story.line(
                "the source holds %,d rows in 14 tables, the target the same tables without rows",
                servers.rowsOfSource());
        story.line("one table, audit_log, has no key: each run replaces its rows");
    }

    /** False when a run failed, which was told. */
    private boolean synchronize(TwoServers servers, ThreeNodes nodes, URI status, Story story) {
        try (var pages = new StatusPages(status, pause);
                var writer = Writer.start(servers.source(), TwoServers.DATABASE, SEED, BETWEEN_CHANGES)) {
            story.line("a writer begins to change the source, and does not wait for us");
            writer.awaitChanges(CHANGES_BETWEEN_RUNS);
            if (!runWithDeath(servers, nodes, pages, writer, story)) {
                return false;
            }
            writer.awaitChanges(writer.changes() + CHANGES_BETWEEN_RUNS);
            if (!run("second run", pages, writer, story)) {
                return false;
            }
            writer.awaitChanges(writer.changes() + CHANGES_BETWEEN_RUNS);
            story.line("the writer stops after %,d changes", writer.stop());
            return run("third run", pages, writer, story);
        }
    }

    private boolean runWithDeath(TwoServers servers, ThreeNodes nodes, StatusPages pages, Writer writer, Story story) {
        var before = writer.changes();
        var run = pages.startRun();
        try (var tasks = new TasksOfRun(servers, run, nodes.addressOfVictim())) {
            var middle = tasks.awaitMiddle(pause);
            nodes.victim().kill();
            story.line(
                    "%s is killed (kill -9) with %d tasks in work, %d of %d tasks of the run are done",
                    nodes.victim().name(), middle.claimed(), middle.done(), middle.all());
            var summary = pages.awaitEnd(run);
            story.run("first run", summary, writer.changes() - before);
            story.line(
                    "%d tasks of the dead worker were put back and done by the others",
                    tasks.look().requeued());
            return summary.isDone();
        }
    }

    private static boolean run(String name, StatusPages pages, Writer writer, Story story) {
        var before = writer.changes();
        var summary = pages.awaitEnd(pages.startRun());
        story.run(name, summary, writer.changes() - before);
        return summary.isDone();
    }

    private static boolean compare(TwoServers servers, Story story) {
        story.line("comparing every row of both sides, with code that shares nothing with the copying");
        var found = Oracle.compare(servers.source(), TwoServers.DATABASE, servers.target(), TwoServers.DATABASE);
        story.line("%s: %s", found.equal() ? "EQUAL" : "NOT EQUAL", found);
        return found.equal();
    }
}
