package pgsync.connect;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pgsync.config.InvalidConfig;
import pgsync.config.Secret;
import pgsync.task.NodeId;

/**
 * Where and how to connect: what a connection string says, with services, {@code PG*} variables, {@code .pgpass} and defaults
 * filled in. Its text form has no password, so it may be printed anywhere.
 */
public final class Endpoint {
    /** libpq waits for ever by default; a run must not. */
    static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /**
     * One server to try.
     *
     * @param name host name or address, or the directory of a Unix socket (then it begins with /)
     * @param address numeric address to use instead of looking the name up, null to look it up
     */
    record Host(
            String name,
            @Nullable String address,
            int port,
            @Nullable Secret password) {
        boolean isUnix() {
            return name.startsWith("/") && address == null;
        }

        String socketFile() {
            return name + "/.s.PGSQL." + port;
        }
    }

    private final List<Host> hosts;
    private final String database;
    private final String user;
    private final Tls tls;
    private final SessionKind sessionKind;
    private final Duration connectTimeout;
    private final @Nullable String options;
    private final @Nullable String applicationName;

    private Endpoint(
            List<Host> hosts,
            String database,
            String user,
            Tls tls,
            SessionKind sessionKind,
            Duration connectTimeout,
            @Nullable String options,
            @Nullable String applicationName) {
        this.hosts = List.copyOf(hosts);
        this.database = database;
        this.user = user;
        this.tls = tls;
        this.sessionKind = sessionKind;
        this.connectTimeout = connectTimeout;
        this.options = options;
        this.applicationName = applicationName;
    }

    /**
     * Reads a URI, a keyword string, or the empty text, which leaves everything to the surroundings. Throws {@link InvalidConfig}
     * for what is malformed or would have to be ignored; the message holds nothing that may be a password.
     */
    public static Endpoint parse(String text, Surroundings around) {
        var given = ConnectionString.parse(text);
        Parameters.check(given, "connection string");
        var environment = Parameters.ofEnvironment(around.environment());
        Parameters.check(environment, "environment (PG… variables)");
        // Later maps win: environment, then service, then what is written.
        var merged = new LinkedHashMap<>(environment);
        var service = given.getOrDefault("service", environment.get("service"));
        if (service != null) {
            var file = given.getOrDefault("servicefile", environment.get("servicefile"));
            var ofService = new ServiceFile(around).find(service, file);
            Parameters.check(ofService, "service \"" + service + "\"");
            merged.putAll(ofService);
        }
        merged.putAll(given);
        merged.values().removeIf(String::isEmpty);
        return new Reading(merged, around).endpoint();
    }

    /** As {@link #parse(String, Surroundings)}, with the side in front of the message. */
    public static Endpoint parse(Side side, String text, Surroundings around) {
        try {
            return parse(text, around);
        } catch (InvalidConfig e) {
            throw new InvalidConfig(side.label() + " " + e.getMessage());
        }
    }

    List<Host> hosts() {
        return hosts;
    }

    public String database() {
        return database;
    }

    public String user() {
        return user;
    }

    Tls tls() {
        return tls;
    }

    SessionKind sessionKind() {
        return sessionKind;
    }

    /** Zero waits without a limit. */
    Duration connectTimeout() {
        return connectTimeout;
    }

    @Nullable
    String options() {
        return options;
    }

    /**
     * What a session is called on the server: the node's name, by which its sessions are found, then the one that the connection string
     * gives. PostgreSQL cuts it after 63 bytes.
     */
    String applicationName(NodeId node) {
        return applicationName == null ? node.applicationName() : node.applicationName() + " " + applicationName;
    }

    /** {@code postgres://user@host:port,host:port/database}, without any secret, with {@code ?host=} for a Unix socket. */
    public String display() {
        return display(hosts);
    }

    String display(List<Host> these) {
        if (these.stream().allMatch(Host::isUnix)) {
            var directories = String.join(",", these.stream().map(Host::name).toList());
            var ports = these.stream().map(Host::port).distinct().toList();
            var port = ports.size() == 1 && ports.getFirst() == 5432
                    ? ""
                    : "&port="
                            + String.join(
                                    ",",
                                    these.stream()
                                            .map(h -> Integer.toString(h.port()))
                                            .toList());
            return "postgres://%s@/%s?host=%s%s".formatted(encode(user), encode(database), directories, port);
        }
        var list = String.join(",", these.stream().map(Endpoint::hostAndPort).toList());
        return "postgres://%s@%s/%s".formatted(encode(user), list, encode(database));
    }

    private static String hostAndPort(Host host) {
        var name =
                host.isUnix() ? encode(host.name()) : host.name().contains(":") ? "[" + host.name() + "]" : host.name();
        return name + ":" + host.port();
    }

    private static String encode(String text) {
        var out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~$".indexOf(c) >= 0);
            out.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return display();
    }

    /** Interprets the merged parameters. */
    private record Reading(Map<String, String> parameters, Surroundings around) {
        Endpoint endpoint() {
            var user = parameters.getOrDefault("user", around.user());
            var database = parameters.getOrDefault("dbname", user);
            return new Endpoint(
                    hosts(database, user),
                    database,
                    user,
                    tls(),
                    oneOf("target_session_attrs", SessionKind.values(), SessionKind::word, SessionKind.ANY),
                    connectTimeout(),
                    parameters.get("options"),
                    parameters.getOrDefault("application_name", parameters.get("fallback_application_name")));
        }

        private List<Host> hosts(String database, String user) {
            var names = list("host");
            var addresses = list("hostaddr");
            var ports = list("port");
            int count = Math.max(1, Math.max(names.size(), addresses.size()));
            if (!names.isEmpty() && !addresses.isEmpty() && names.size() != addresses.size()) {
                throw invalid(
                        "there are %d entries in host and %d in hostaddr".formatted(names.size(), addresses.size()));
            }
            if (ports.size() > 1 && ports.size() != count) {
                throw invalid("there are %d hosts and %d ports; give one port, or one for each host"
                        .formatted(count, ports.size()));
            }
            var passwords = passwords();
            var hosts = new ArrayList<Host>();
            for (int i = 0; i < count; i++) {
                int port = port(ports.isEmpty() ? "" : ports.get(ports.size() == 1 ? 0 : i));
                var name = names.isEmpty() ? "" : names.get(i).strip();
                var address = addresses.isEmpty() || addresses.get(i).isBlank()
                        ? null
                        : addresses.get(i).strip();
                if (name.isEmpty()) {
                    name = address != null ? address : defaultHost(port);
                }
                if (name.startsWith("@")) {
                    throw invalid(
                            "abstract Unix sockets (host=@…) are not supported; give the directory of the socket");
                }
                if (address != null && !address.matches("[0-9]+(\\.[0-9]+){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%.*)?")) {
                    throw invalid("hostaddr takes numeric addresses only");
                }
                // libpq looks up the default socket directory under the name localhost.
                var lookedUp = name.startsWith("/") && names.isEmpty() ? "localhost" : name;
                var password = parameters.get("password");
                hosts.add(new Host(
                        name,
                        address,
                        port,
                        password != null ? new Secret(password) : passwords.find(lookedUp, port, database, user)));
            }
            return hosts;
        }

        private List<String> list(String name) {
            var value = parameters.get(name);
            return value == null ? List.of() : Arrays.asList(value.split(",", -1));
        }

        /** The Unix socket where distributions and the original sources put it, else this machine over TCP. */
        private String defaultHost(int port) {
            for (var directory : List.of("/var/run/postgresql", "/tmp")) {
                if (around.files().exists(Path.of(directory, ".s.PGSQL." + port))) {
                    return directory;
                }
            }
            return "localhost";
        }

        private static int port(String text) {
            if (text.isBlank()) {
                return 5432;
            }
            try {
                int port = Integer.parseInt(text.strip());
                if (port >= 1 && port <= 65535) {
                    return port;
                }
            } catch (NumberFormatException e) {
                // Told below, without the text: in a malformed URI it may be a piece of the password.
            }
            throw invalid(
                    "a port is not a number from 1 to 65535 (in a URI, : / ? # @ inside user or password are written %3A %2F %3F"
                            + " %23 %40)");
        }

        private PasswordFile passwords() {
            var named = parameters.get("passfile");
            return PasswordFile.read(
                    named != null ? Path.of(named) : around.home().resolve(".pgpass"), around.files());
        }

        private Duration connectTimeout() {
            var text = parameters.get("connect_timeout");
            if (text == null) {
                return DEFAULT_CONNECT_TIMEOUT;
            }
            try {
                long seconds = Long.parseLong(text.strip());
                if (seconds <= 86_400) {
                    return Duration.ofSeconds(Math.max(0, seconds));
                }
            } catch (NumberFormatException e) {
                // Told below.
            }
            throw invalid("parameter \"connect_timeout\" takes seconds, 0 to 86400");
        }

        private Tls tls() {
            var root = parameters.get("sslrootcert");
            boolean system = Tls.SYSTEM.equals(root);
            var mode = oneOf("sslmode", SslMode.values(), SslMode::word, system ? SslMode.VERIFY_FULL : SslMode.PREFER);
            if (system && mode != SslMode.VERIFY_FULL) {
                throw invalid("sslrootcert=system needs sslmode=verify-full");
            }
            if (root == null) {
                root = defaultFile("root.crt");
            }
            if (root != null && !system && !around.files().exists(Path.of(root))) {
                root = missingRoot(mode, root);
            }
            if (root == null && (mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL)) {
                throw invalid("sslmode=%s needs sslrootcert (a file, or system)".formatted(mode.word()));
            }
            var certificate = parameters.getOrDefault("sslcert", defaultFile("postgresql.crt"));
            var key = parameters.getOrDefault("sslkey", certificate == null ? null : defaultFile("postgresql.key"));
            if (parameters.containsKey("sslcert") && key == null) {
                throw invalid("sslcert needs sslkey");
            }
            if (mode != SslMode.DISABLE) {
                mustExist("sslcert", certificate);
                mustExist("sslkey", key);
            }
            var keyPassword = parameters.get("sslpassword");
            return new Tls(
                    mode,
                    root,
                    key == null ? null : certificate,
                    key,
                    keyPassword == null ? null : new Secret(keyPassword));
        }

        private static @Nullable String missingRoot(SslMode mode, String root) {
            if (mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL || mode == SslMode.REQUIRE) {
                throw invalid("root certificate file \"%s\" does not exist".formatted(root));
            }
            return null;
        }

        private void mustExist(String name, @Nullable String file) {
            if (file != null && !around.files().exists(Path.of(file))) {
                throw invalid("%s file \"%s\" does not exist".formatted(name, file));
            }
        }

        private @Nullable String defaultFile(String name) {
            var file = around.home().resolve(".postgresql").resolve(name);
            return around.files().exists(file) ? file.toString() : null;
        }

        private <T> T oneOf(String name, T[] values, java.util.function.Function<T, String> word, T otherwise) {
            var text = parameters.get(name);
            if (text == null) {
                return otherwise;
            }
            for (var value : values) {
                if (word.apply(value).equals(text)) {
                    return value;
                }
            }
            throw invalid("parameter \"%s\" takes %s"
                    .formatted(
                            name,
                            String.join(", ", Arrays.stream(values).map(word).toList())));
        }

        private static InvalidConfig invalid(String what) {
            return new InvalidConfig("connection string: " + what);
        }
    }
}
