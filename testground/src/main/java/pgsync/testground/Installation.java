package pgsync.testground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Unpacked binaries of one major and a data directory fresh from initdb, made once a user and kept between JVMs: copying the
 * template and starting on it takes a quarter of a second, unpacking and initdb two to four.
 */
record Installation(int major, Path binaries, Path template, List<String> asServerUser) {
    private static final Map<Integer, Installation> BY_MAJOR = new ConcurrentHashMap<>();
    /** Raise it when what initdb is told changes: older templates are then left alone. */
    private static final String LAYOUT = "1";

    static Installation of(int major) {
        return BY_MAJOR.computeIfAbsent(major, Installation::prepare);
    }

    private static Installation prepare(int major) {
        var archive = PostgresArchive.of(major);
        var ground = GroundDirectory.mine();
        var name = "postgres-%d-%s-%s".formatted(major, archive.fingerprint(), LAYOUT);
        var kept = ground.kept(name);
        try {
            return ground.alone(name, () -> prepare(major, archive, kept));
        } catch (IOException e) {
            throw new GroundFailed("cannot prepare PostgreSQL " + major, e);
        }
    }

    private static Installation prepare(int major, PostgresArchive archive, Path kept) throws IOException {
        var installation =
                new Installation(major, kept.resolve("binaries"), kept.resolve("template"), serverUser(kept));
        if (!isComplete(kept)) {
            delete(kept);
            Files.createDirectories(kept.resolve("binaries"));
            archive.unpackInto(kept.resolve("binaries"));
            installation.checkMajor();
            installation.initialize(kept);
            Files.writeString(kept.resolve("complete"), Long.toString(files(kept)));
        }
        return installation;
    }

    /** Cleaners of temporary directories take single old files away: count them. */
    private static boolean isComplete(Path kept) throws IOException {
        var mark = kept.resolve("complete");
        return Files.isRegularFile(mark) && Files.readString(mark).equals(Long.toString(files(kept) - 1));
    }

    private static long files(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            return all.filter(path -> !Files.isDirectory(path)).count();
        }
    }

    /** PostgreSQL refuses to run as root. In a user namespace without a mapping root is nobody, and still the owner of its files. */
    private static List<String> serverUser(Path kept) throws IOException {
        var isRoot = Files.getAttribute(kept.getParent(), "unix:uid", LinkOption.NOFOLLOW_LINKS)
                .equals(0);
        if (!isRoot) {
            return List.of();
        }
        var unshare = List.of("unshare", "-U");
        var tried = new ArrayList<>(unshare);
        tried.add("true");
        try {
            run(tried, kept.resolveSibling("unshare.log"));
        } catch (GroundFailed e) {
            throw new GroundFailed(
                    "PostgreSQL does not run as root, and this system allows no user namespace: use another user", e);
        }
        return unshare;
    }

    private void checkMajor() throws IOException {
        var said = run(command("postgres", "--version"), binaries.resolveSibling("version.log"));
        if (!said.contains(" " + major + ".")) {
            throw new GroundFailed("expected PostgreSQL %d, found: %s".formatted(major, said.strip()));
        }
    }

    private void initialize(Path kept) throws IOException {
        var password = kept.resolve("password");
        Files.writeString(password, TestServer.PASSWORD);
        var rest = List.of(
                "-D",
                template.toString(),
                "-U",
                TestServer.USER,
                "-A",
                "trust",
                "--pwfile",
                password.toString(),
                "-E",
                "UTF8",
                "-N");
        try {
            initdb(kept, rest, "C.UTF-8");
        } catch (GroundFailed noSuchLocale) {
            // macOS before 15 and old C libraries do not know it; C sorts the same way and differs only for upper() and
            // lower().
            delete(template);
            initdb(kept, rest, "C");
        }
        Files.writeString(template.resolve("pg_hba.conf"), """
                # test servers trust their superuser on this machine; everybody else needs a password (scram or md5, as it is stored)
                host all         postgres 127.0.0.1/32 trust
                host all         postgres ::1/128      trust
                host replication postgres 127.0.0.1/32 trust
                host all         all      all          md5
                """);
    }

    private void initdb(Path kept, List<String> rest, String locale) throws IOException {
        var command = command("initdb", "--locale=" + locale);
        command.addAll(rest);
        run(command, kept.resolve("initdb.log"));
    }

    /** The command line of a program of this installation, as the user it may run as. */
    List<String> command(String program, String... arguments) {
        var command = new ArrayList<>(asServerUser);
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts a program without the settings that psql and libpq would take from our environment. */
    static ProcessBuilder process(List<String> command) {
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        return builder;
    }

    private static String run(List<String> command, Path log) throws IOException {
        var process = process(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new GroundFailed(command.getFirst() + " did not end: see " + log);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new GroundFailed("interrupted while waiting for " + command, e);
        }
        var said = Files.readString(log);
        if (process.exitValue() != 0) {
            throw new GroundFailed("%s ended with %d: %s".formatted(command, process.exitValue(), said));
        }
        return said;
    }

    void copyTemplateTo(Path directory) throws IOException {
        try (var all = Files.walk(template)) {
            for (var from : (Iterable<Path>) all::iterator) {
                Files.copy(from, directory.resolve(template.relativize(from)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> all;
        try (var found = Files.walk(directory)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (var path : all) {
            Files.deleteIfExists(path);
        }
    }
}
