package pgsync.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import pgsync.config.Settings;
import pgsync.coordinator.lead.RunTelling;
import pgsync.event.RunEvents;
import pgsync.task.RunId;
import pgsync.task.RunReport;
import pgsync.time.Pause;

/** The program in a shell of memory, over an engine and a history that write down what they were asked. */
final class Recorded {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final Map<String, String> environment = new HashMap<>();
    final List<Settings> asked = new ArrayList<>();
    final List<History.Query> queries = new ArrayList<>();
    final List<String> clusters = new ArrayList<>();
    boolean outIsTerminal;
    Pause pause = time -> {
        throw new InterruptedException("enough");
    };
    Situations.Look look = new Look(List.of(new Situations.Seen.NeverUsed()));
    String standardInput = "";
    Engine engine = (settings, events) -> new RunReport(new RunId(new UUID(0, 1)), false, List.of(), Duration.ZERO);
    Doctor doctor = (settings, tell) -> {};
    boolean endsEqual = true;
    boolean missingFromTheClassPath;
    History.Answer answer = new History.Answer.NeverUsed();

    int run(String... args) {
        out.reset();
        err.reset();
        var shell = new Shell(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8)),
                environment,
                InstantSource.fixed(Instant.parse("2026-11-23T15:30:45.5Z")),
                pause,
                outIsTerminal,
                false);
        var wiring = new Wiring(
                (settings, events) -> {
                    asked.add(settings);
                    return engine.sync(settings, events);
                },
                (settings, events) -> {
                    asked.add(settings);
                    return engine.sync(settings, events);
                },
                (settings, tell) -> {
                    asked.add(settings);
                    doctor.examine(settings, tell);
                },
                new Nodes() {
                    @Override
                    public void coordinate(Settings settings, RunTelling telling, RunEvents events) {
                        asked.add(settings);
                    }

                    @Override
                    public RunReport coordinateOnce(Settings settings, RunEvents events) {
                        asked.add(settings);
                        return engine.sync(settings, events);
                    }

                    @Override
                    public void work(Settings settings, RunEvents events) {
                        asked.add(settings);
                    }
                },
                (addresses, verify) -> {
                    clusters.add(verify ? "verify at " + addresses : addresses);
                    return (settings, events) -> {
                        asked.add(settings);
                        return engine.sync(settings, events);
                    };
                },
                (settings, addresses) -> {
                    asked.add(settings);
                    clusters.add(String.valueOf(addresses));
                    return look;
                },
                (settings, query) -> {
                    asked.add(settings);
                    queries.add(query);
                    return answer;
                },
                (to, from, keep) -> {
                    if (missingFromTheClassPath) {
                        throw new NoClassDefFoundError("pgsync/testground/TestServers");
                    }
                    to.println(keep ? "shown and kept" : "shown");
                    return endsEqual;
                });
        return new Program(shell, wiring).run(args).code();
    }

    Settings settings() {
        return asked.getLast();
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Sees one thing after the other, and the last one for ever. A {@link RuntimeException} among them is thrown. */
    static final class Look implements Situations.Look {
        private final Deque<Object> seen;
        boolean closed;

        Look(List<?> seen) {
            this.seen = new ArrayDeque<>(seen);
        }

        @Override
        public Situations.Seen now() {
            var next = seen.size() > 1 ? seen.removeFirst() : seen.getFirst();
            if (next instanceof RuntimeException e) {
                throw e;
            }
            return (Situations.Seen) next;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
