package pgsync.testground;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The compressed binaries of one major: an entry of a jar. Those of the default major are on the class path (also in the product,
 * for its demo), those of the others lie where Maven has copied them, in {@code target/postgres} beside our own classes.
 */
record PostgresArchive(Path jar, String entry, String fingerprint) {
    /** Where to look for {@code postgres-<major>.jar} instead. */
    static final String DIRECTORY_PROPERTY = "pgsync.testground.postgres";

    static PostgresArchive of(int major) {
        if (major == TestServers.DEFAULT_MAJOR) {
            return onClassPath();
        }
        for (var directory : directories()) {
            var jar = directory.resolve("postgres-" + major + ".jar");
            if (Files.isRegularFile(jar)) {
                return open(jar);
            }
        }
        throw new GroundFailed(
                "no binaries of PostgreSQL %d: looked for postgres-%d.jar in %s (Maven profile 'majors' brings 11 to 17)"
                        .formatted(major, major, directories()));
    }

    static boolean exists(int major) {
        return major == TestServers.DEFAULT_MAJOR
                || directories().stream().anyMatch(d -> Files.isRegularFile(d.resolve("postgres-" + major + ".jar")));
    }

    private static List<Path> directories() {
        var given = System.getProperty(DIRECTORY_PROPERTY);
        if (given != null) {
            return List.of(Path.of(given));
        }
        try {
            var source = PostgresArchive.class.getProtectionDomain().getCodeSource();
            // target/classes in the inner loop, target/testground-x.jar once the module is packaged: both have target
            // as parent.
            return source == null
                    ? List.of()
                    : List.of(Path.of(source.getLocation().toURI()).resolveSibling("postgres"));
        } catch (URISyntaxException e) {
            throw new GroundFailed("cannot tell where the class files are", e);
        }
    }

    private static PostgresArchive onClassPath() {
        for (var name : entryNames()) {
            var resource = PostgresArchive.class.getResource("/" + name);
            if (resource == null) {
                continue;
            }
            try {
                var url = ((JarURLConnection) resource.openConnection()).getJarFileURL();
                return open(Path.of(url.toURI()));
            } catch (IOException | URISyntaxException | ClassCastException e) {
                throw new GroundFailed("cannot read " + resource, e);
            }
        }
        throw new GroundFailed(
                "no PostgreSQL binaries for this platform on the class path, looked for " + entryNames());
    }

    private static PostgresArchive open(Path path) {
        try (var jar = new JarFile(path.toFile())) {
            for (var name : entryNames()) {
                var found = Optional.ofNullable(jar.getJarEntry(name));
                if (found.isPresent()) {
                    return new PostgresArchive(
                            path, name, "%08x".formatted(found.get().getCrc()));
                }
            }
        } catch (IOException e) {
            throw new GroundFailed("cannot read " + path, e);
        }
        throw new GroundFailed(path + " holds no binaries for this platform, looked for " + entryNames());
    }

    private static List<String> entryNames() {
        var arm = System.getProperty("os.arch", "").equals("aarch64");
        var mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
        if (mac) {
            return arm ? List.of("postgres-darwin-arm_64.txz") : List.of("postgres-darwin-x86_64.txz");
        }
        return arm ? List.of("postgres-linux-arm_64.txz") : List.of("postgres-linux-x86_64.txz");
    }

    /** Unpacks into a directory that exists: {@code bin}, {@code lib}, {@code share}. */
    void unpackInto(Path directory) throws IOException {
        try (var file = new JarFile(jar.toFile());
                var packed = file.getInputStream(file.getJarEntry(entry));
                var tar = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
            for (var item = tar.getNextEntry(); item != null; item = tar.getNextEntry()) {
                unpack(item, tar, directory);
            }
        }
    }

    private static void unpack(TarArchiveEntry item, TarArchiveInputStream content, Path directory) throws IOException {
        var path = directory.resolve(item.getName()).normalize();
        if (!path.startsWith(directory)) {
            throw new IOException("an entry points out of the archive: " + item.getName());
        }
        if (item.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.resolveSibling(""));
        if (item.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(item.getLinkName()));
        } else if (item.isLink()) {
            Files.createLink(path, directory.resolve(item.getLinkName()));
        } else {
            Files.copy(content, path);
            if ((item.getMode() & 0100) != 0 && !path.toFile().setExecutable(true, false)) {
                throw new IOException("cannot make executable: " + path);
            }
        }
    }
}
