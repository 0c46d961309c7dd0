package pgsync.testground;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where servers live: {@code <temporary directory>/pgsync-testground-<user>}, with {@code kept} (unpacked binaries and templates, shared
 * by all JVMs of a user) and {@code runs} (one directory a JVM, with one directory a server). Safe from any thread.
 *
 * <p>A run ends with its JVM, however that ends: a small shell waits for the end of a pipe whose other end only the JVM holds, and
 * then stops what runs in the directory and deletes it. Should that shell have been killed too, the next JVM does it: the lock on
 * a run directory is free exactly when its JVM is gone.
 */
final class GroundDirectory {
    private static final String CLEAN_UP = """
            trap '' INT TERM HUP
            read -r word
            for file in "$1"/*/data/postmaster.pid; do
              [ -f "$file" ] && kill -QUIT "$(head -n 1 "$file")"
            done
            tries=0
            while [ $tries -lt 100 ] && ls "$1"/*/data/postmaster.pid; do
              tries=$((tries + 1))
              sleep 0.1
            done
            rm -rf "$1"
            """;

    private final Path root;
    private final Path run;
    private final AtomicInteger servers = new AtomicInteger();
    private final List<Object> heldUntilTheEnd = new ArrayList<>();

    private static final class Holder {
        static final GroundDirectory MINE = new GroundDirectory();
    }

    static GroundDirectory mine() {
        return Holder.MINE;
    }

    private GroundDirectory() {
        try {
            root = Path.of(System.getProperty("java.io.tmpdir"))
                    .toRealPath()
                    .resolve("pgsync-testground-"
                            + System.getProperty("user.name", "unknown").replaceAll("[^A-Za-z0-9_-]", "_"));
            var onlyOurs = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            if (!Files.isDirectory(root)) {
                Files.createDirectories(root, onlyOurs);
            }
            refuseForeignDirectory();
            Files.createDirectories(root.resolve("kept"));
            Files.createDirectories(root.resolve("runs"));
            run = alone("runs", this::newRun);
        } catch (IOException e) {
            throw new GroundFailed("cannot prepare the directory for test servers", e);
        }
    }

    /** A directory of this name that somebody else made in a shared temporary directory could hold any binaries. */
    private void refuseForeignDirectory() throws IOException {
        var probe = Files.createTempFile(root, "probe", "");
        var mine = Files.getOwner(probe).equals(Files.getOwner(root));
        Files.delete(probe);
        if (!mine) {
            throw new IOException(root + " belongs to another user: remove it, or set java.io.tmpdir");
        }
    }

    private Path newRun() throws IOException {
        removeLeftovers();
        var directory = Files.createTempDirectory(root.resolve("runs"), "run-");
        var channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        heldUntilTheEnd.add(channel);
        heldUntilTheEnd.add(channel.lock());
        heldUntilTheEnd.add(startCleanUp(directory, ProcessBuilder.Redirect.PIPE));
        return directory;
    }

    private void removeLeftovers() throws IOException {
        try (var runs = Files.newDirectoryStream(root.resolve("runs"))) {
            for (var candidate : runs) {
                if (ownerIsGone(candidate)) {
                    startCleanUp(candidate, ProcessBuilder.Redirect.from(new File("/dev/null")));
                }
            }
        }
    }

    private static boolean ownerIsGone(Path run) {
        try (var channel = FileChannel.open(run.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock != null;
        } catch (IOException | OverlappingFileLockException somebodyCleansItOrItIsOurs) {
            return false;
        }
    }

    private static Process startCleanUp(Path directory, ProcessBuilder.Redirect input) throws IOException {
        var command = new ArrayList<>(ownSession());
        command.addAll(List.of("/bin/sh", "-c", CLEAN_UP, "pgsync-testground", directory.toString()));
        return new ProcessBuilder(command)
                .redirectInput(input)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Ctrl-C in a terminal goes to the whole process group: servers must outlive it until the program in front has ended. */
    static List<String> ownSession() {
        return Files.isExecutable(Path.of("/usr/bin/setsid")) ? List.of("/usr/bin/setsid") : List.of();
    }

    /** A directory for one server of this JVM, not yet made. */
    Path nextServer() {
        return run.resolve("server-" + servers.incrementAndGet());
    }

    Path kept(String name) {
        return root.resolve("kept").resolve(name);
    }

    /** Does the work when no other JVM of this user does any under this name. */
    <T> T alone(String name, Work<T> work) throws IOException {
        try (var channel = FileChannel.open(
                        root.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException("lost the lock " + name);
            }
            return work.run();
        }
    }

    interface Work<T> {
        T run() throws IOException;
    }
}
