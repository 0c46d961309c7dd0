package pgsync;

import java.nio.file.Files;
import java.nio.file.Path;

/** The project's own files, for tests that hold pages and sources to each other. */
public final class Checkout {
    private Checkout() {}

    /** Maven starts tests in the folder of the module, an IDE often at the top. */
    public static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
