package pgsync.artefact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of deploy/ that people copy. */
final class Artefacts {
    private Artefacts() {}

    static Path folder() {
        var top = Path.of("").toAbsolutePath();
        while (!Files.exists(top.resolve("mvnw"))) {
            top = top.getParent();
        }
        return top.resolve("deploy");
    }

    static String text(String name) {
        try {
            return Files.readString(folder().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything a person may copy from, the pages of docs/ included. */
    static List<Path> all() {
        try (var deploy = Files.walk(folder());
                var docs = Files.walk(folder().resolveSibling("docs"))) {
            return java.util.stream.Stream.concat(
                            deploy.filter(file -> !file.startsWith(folder().resolve("src"))
                                    && !file.startsWith(folder().resolve("target"))),
                            docs)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
