package pgsync.demo;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import pgsync.testground.TestServer;

/** What the demo tells, each line with the seconds since it began. */
final class Story {
    private final PrintStream out;
    private final InstantSource clock;
    private final Instant began;

    Story(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.began = clock.instant();
    }

    void title(String text) {
        out.println(text);
    }

    void line(String text, Object... values) {
        var passed = Duration.between(began, clock.instant());
        out.println("[%s] %s".formatted(seconds(passed, "%5.1f s"), String.format(Locale.ROOT, text, values)));
    }

    void run(String name, StatusPages.Summary s, long changesMeanwhile) {
        if (!s.isDone()) {
            line("%s: %s: %s", name, s.state(), s.error().isEmpty() ? "pgsync history says why" : s.error());
            return;
        }
        var meanwhile = changesMeanwhile == 0
                ? "nothing changed meanwhile"
                : String.format(Locale.ROOT, "%,d changes committed meanwhile", changesMeanwhile);
        line(
                "%s: %d tables in %s, %,d rows written, %,d deleted; %s",
                name, s.tables(), seconds(s.took(), "%.1f s"), s.rowsUpserted(), s.rowsDeleted(), meanwhile);
    }

    void connections(TwoServers servers, URI status) {
        out.println();
        out.println("Look for yourself:");
        out.println("  source   psql " + withoutPassword(servers.source()));
        out.println("  target   psql " + withoutPassword(servers.target()));
        out.println("  status   " + status);
        out.println("  history  select * from pgsync.sync_log order by start_time desc  (on the target)");
        out.println("Enter or Ctrl-C stops the nodes and both servers and removes their data.");
    }

    /** From this machine the demo's servers ask for none. */
    private static String withoutPassword(TestServer server) {
        return "postgres://%s@%s:%d/%s".formatted(TestServer.USER, server.host(), server.port(), TwoServers.DATABASE);
    }

    private static String seconds(Duration d, String form) {
        return String.format(Locale.ROOT, form, d.toMillis() / 1000.0);
    }
}
