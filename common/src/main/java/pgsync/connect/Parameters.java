package pgsync.connect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import pgsync.config.InvalidConfig;

/** Which of libpq's parameters mean something here, which mean nothing for results, and which must be refused. */
final class Parameters {
    /** Each does what libpq's manual says. */
    private static final Set<String> SUPPORTED = Set.of(
            "host",
            "hostaddr",
            "port",
            "dbname",
            "user",
            "password",
            "passfile",
            "service",
            "servicefile",
            "sslmode",
            "sslrootcert",
            "sslcert",
            "sslkey",
            "sslpassword",
            "connect_timeout",
            "options",
            "application_name",
            "fallback_application_name",
            "target_session_attrs");

    /** They would change what we do, except with these values, which say what we do anyway. */
    private static final Map<String, List<String>> ONLY = Map.of(
            "gssencmode", List.of("disable", "prefer"),
            "channel_binding", List.of("disable", "prefer"),
            "client_encoding", List.of("utf8", "utf-8", "unicode", "auto"),
            "keepalives", List.of("1"),
            "load_balance_hosts", List.of("disable"),
            "sslcompression", List.of("0"),
            "sslnegotiation", List.of("postgres"),
            "sslcertmode", List.of("allow"),
            "sslsni", List.of("1"));

    /** Refused in words of their own: strings that other programs read often have them, and here they are not needed. */
    private static final Set<String> OF_SILENCE =
            Set.of("keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout");

    /** Environment variable and its parameter. PostgreSQL manual, 32.15. */
    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("PGHOST", "host"),
            Map.entry("PGHOSTADDR", "hostaddr"),
            Map.entry("PGPORT", "port"),
            Map.entry("PGDATABASE", "dbname"),
            Map.entry("PGUSER", "user"),
            Map.entry("PGPASSWORD", "password"),
            Map.entry("PGPASSFILE", "passfile"),
            Map.entry("PGSERVICE", "service"),
            Map.entry("PGSERVICEFILE", "servicefile"),
            Map.entry("PGOPTIONS", "options"),
            Map.entry("PGAPPNAME", "application_name"),
            Map.entry("PGSSLMODE", "sslmode"),
            Map.entry("PGSSLROOTCERT", "sslrootcert"),
            Map.entry("PGSSLCERT", "sslcert"),
            Map.entry("PGSSLKEY", "sslkey"),
            Map.entry("PGSSLCOMPRESSION", "sslcompression"),
            Map.entry("PGSSLNEGOTIATION", "sslnegotiation"),
            Map.entry("PGSSLCERTMODE", "sslcertmode"),
            Map.entry("PGSSLSNI", "sslsni"),
            Map.entry("PGSSLCRL", "sslcrl"),
            Map.entry("PGSSLCRLDIR", "sslcrldir"),
            Map.entry("PGSSLMINPROTOCOLVERSION", "ssl_min_protocol_version"),
            Map.entry("PGSSLMAXPROTOCOLVERSION", "ssl_max_protocol_version"),
            Map.entry("PGREQUIREPEER", "requirepeer"),
            Map.entry("PGREQUIREAUTH", "require_auth"),
            Map.entry("PGCHANNELBINDING", "channel_binding"),
            Map.entry("PGGSSENCMODE", "gssencmode"),
            Map.entry("PGCONNECT_TIMEOUT", "connect_timeout"),
            Map.entry("PGCLIENTENCODING", "client_encoding"),
            Map.entry("PGTARGETSESSIONATTRS", "target_session_attrs"),
            Map.entry("PGLOADBALANCEHOSTS", "load_balance_hosts"));

    /** Known to libpq and refused here. Listed so that a slip in a password is not taken for one of them. */
    private static final Set<String> REFUSED = Set.of(
            "replication",
            "require_auth",
            "requirepeer",
            "requiressl",
            "sslcrl",
            "sslcrldir",
            "ssl_min_protocol_version",
            "ssl_max_protocol_version",
            "min_protocol_version",
            "max_protocol_version",
            "krbsrvname",
            "gsslib",
            "gssdelegation");

    private Parameters() {}

    static boolean isKnown(String name) {
        return SUPPORTED.contains(name)
                || OF_SILENCE.contains(name)
                || ONLY.containsKey(name)
                || REFUSED.contains(name);
    }

    static Map<String, String> ofEnvironment(Map<String, String> environment) {
        var parameters = new LinkedHashMap<String, String>();
        ENVIRONMENT.forEach((variable, name) -> {
            var value = environment.get(variable);
            if (value != null && !value.isEmpty()) {
                parameters.put(name, value);
            }
        });
        return parameters;
    }

    /** Throws for a parameter that we would have to ignore. {@code from} says where it stands. */
    static void check(Map<String, String> parameters, String from) {
        parameters.forEach((name, value) -> {
            if (SUPPORTED.contains(name)) {
                return;
            }
            if (OF_SILENCE.contains(name)) {
                throw new InvalidConfig(
                        "%s: parameter \"%s\" is not supported; leave it out: pgsync probes silent connections by times of its own"
                                .formatted(from, name));
            }
            var values = ONLY.get(name);
            if (values == null) {
                throw new InvalidConfig("%s: parameter \"%s\" is not supported; supported: %s"
                        .formatted(
                                from,
                                name,
                                String.join(", ", SUPPORTED.stream().sorted().toList())));
            }
            if (!values.contains(value.toLowerCase(Locale.ROOT))) {
                throw new InvalidConfig("%s: parameter \"%s\" is supported with %s only"
                        .formatted(from, name, String.join(", ", values)));
            }
        });
    }
}
