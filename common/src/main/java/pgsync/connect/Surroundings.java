package pgsync.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What a connection string leaves to the machine: {@code PG*} variables, the home directory, the user's name, files.
 *
 * @param user name of the operating system's user, the default of {@code user}
 */
public record Surroundings(Map<String, String> environment, Path home, String user, Reader files) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Looks at files. Tests give one that has none. */
    public interface Reader {
        boolean exists(Path file);

        String read(Path file) throws IOException;

        /** Whether group or others have any right on the file; false where the file system cannot say. */
        boolean isOpenToOthers(Path file) throws IOException;
    }

    /** The surroundings of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(),
                Path.of(System.getProperty("user.home", "/")),
                System.getProperty("user.name", "postgres"),
                realFiles());
    }

    /** The real file system. */
    public static Reader realFiles() {
        return new RealFiles();
    }

    private static final class RealFiles implements Reader {
        private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.GROUP_WRITE,
                PosixFilePermission.GROUP_EXECUTE,
                PosixFilePermission.OTHERS_READ,
                PosixFilePermission.OTHERS_WRITE,
                PosixFilePermission.OTHERS_EXECUTE);

        @Override
        public boolean exists(Path file) {
            return Files.exists(file);
        }

        @Override
        public String read(Path file) throws IOException {
            return Files.readString(file);
        }

        @Override
        public boolean isOpenToOthers(Path file) throws IOException {
            if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                return false;
            }
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
        }
    }
}
