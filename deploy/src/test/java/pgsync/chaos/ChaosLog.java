package pgsync.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;

/** What was done when, in {@code target/chaos/NAME.log}. Owned by one thread. */
final class ChaosLog implements AutoCloseable {
    private final Path file;
    private final PrintStream out;
    private final long began = System.nanoTime();

    private ChaosLog(Path file, PrintStream out) {
        this.file = file;
        this.out = out;
    }

    static ChaosLog open(String name) {
        try {
            var folder = Files.createDirectories(Path.of("target/chaos"));
            var file = folder.resolve(name + ".log");
            return new ChaosLog(file, new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void say(String line) {
        var since = Duration.ofNanos(System.nanoTime() - began);
        out.println(String.format(Locale.ROOT, "%9.3f  %s", since.toMillis() / 1000.0, line));
    }

    /** Appends what a process has said, beside this file. */
    void keep(String process, String said) {
        try {
            var kept = Files.createDirectories(file.resolveSibling(file.getFileName() + ".d"));
            Files.writeString(
                    kept.resolve(process + ".log"),
                    said + "---- ended\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file() {
        return file.toAbsolutePath();
    }

    @Override
    public void close() {
        out.close();
    }
}
