package pgsync.connect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pgsync.config.InvalidConfig;

/** {@code pg_service.conf}: parameters by the name of a service. PostgreSQL manual, 32.17. */
final class ServiceFile {
    private final Surroundings around;

    ServiceFile(Surroundings around) {
        this.around = around;
    }

    /** The first file that has the service wins: the one named, or the user's, then the system's. */
    Map<String, String> find(String service, @Nullable String named) {
        for (var file : files(named)) {
            if (around.files().exists(file)) {
                var found = section(service, file);
                if (found != null) {
                    return found;
                }
            } else if (named != null) {
                throw new InvalidConfig("connection string: service file %s does not exist".formatted(file));
            }
        }
        throw new InvalidConfig("connection string: no service \"%s\" in %s".formatted(service, files(named)));
    }

    private List<Path> files(@Nullable String named) {
        var user = named != null ? Path.of(named) : around.home().resolve(".pg_service.conf");
        var systemDirectory = around.environment().getOrDefault("PGSYSCONFDIR", "/etc/postgresql-common");
        return List.of(user, Path.of(systemDirectory).resolve("pg_service.conf"));
    }

    private @Nullable Map<String, String> section(String service, Path file) {
        @Nullable Map<String, String> found = null;
        int number = 0;
        for (var raw : read(file).lines().toList()) {
            number++;
            var line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                if (found != null) {
                    return found;
                }
                if (line.equals("[" + service + "]")) {
                    found = new LinkedHashMap<>();
                }
            } else if (found != null) {
                int equals = line.indexOf('=');
                if (equals < 0) {
                    throw new InvalidConfig("%s, line %d: name=value expected".formatted(file, number));
                }
                var name = line.substring(0, equals);
                if (name.equals("service") || name.equals("servicefile")) {
                    throw new InvalidConfig("%s, line %d: a service cannot name another one".formatted(file, number));
                }
                found.putIfAbsent(name, line.substring(equals + 1));
            }
        }
        return found;
    }

    private String read(Path file) {
        try {
            return around.files().read(file);
        } catch (IOException e) {
            throw new InvalidConfig("connection string: cannot read service file %s: %s".formatted(file, e));
        }
    }
}
