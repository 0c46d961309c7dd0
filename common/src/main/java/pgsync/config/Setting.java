package pgsync.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Every setting there is, once: its key in a file, its flag, its environment variable, what it takes and what it means. */
public enum Setting {
    SOURCE(
            Group.CONNECTIONS,
            "source",
            connection(),
            null,
            "connection string of the source; - reads it from standard input",
            "sourceDb"),
    TARGET(
            Group.CONNECTIONS,
            "target",
            connection(),
            null,
            "connection string of the target; - reads it from standard input",
            "targetDb"),
    CONFIG(
            Group.CONNECTIONS,
            "config",
            new Kind.Text("FILE", "a JSON (comments allowed), YAML or TOML file", Checks::any),
            null,
            "read settings from a JSON (comments allowed), YAML or TOML file"),

    SCHEMA(
            Group.SELECTION,
            "schema",
            names("SCHEMAS", "schema names, comma list, wildcards * ? [abc] [a-z]"),
            "public",
            "schema, comma list, wildcards"),
    INCLUDE(
            Group.SELECTION,
            "include",
            names("TABLES", "table or schema.table, comma list, wildcards * ? [abc] [a-z]"),
            "",
            "only these tables: comma list, wildcards * ? [abc] [a-z]; schema.table accepted; an exact name wins over a pattern",
            "includeTables"),
    EXCLUDE(
            Group.SELECTION,
            "exclude",
            names("TABLES", "table or schema.table, comma list, wildcards * ? [abc] [a-z]"),
            "",
            "leave these tables out; applies after include",
            "excludeTables"),

    TIMESTAMP(
            Group.CHANGES,
            "timestamp",
            new Kind.Names("COLUMNS", "a column, or a comma list tried in order", Checks::name),
            "updated_at",
            "column that says when a row changed, or comma list tried in order",
            "timestampColumn"),
    TIMESTAMP_ZONE(
            Group.CHANGES,
            "timestampZone",
            new Kind.Text("ZONE", "a zone name such as UTC or Europe/Berlin", Checks::zone),
            null,
            "zone of the values in columns of type timestamp without time zone; every zone is allowed for when not given"),
    OVERLAP(
            Group.CHANGES,
            "overlap",
            new Kind.Span(Duration.ZERO, Duration.ofDays(30)),
            "10m",
            "read this much again where other sessions' transactions cannot be seen"),
    RECONCILE(Group.CHANGES, "reconcile", new Kind.Flag(), "false", "compare whole rows, ignore timestamps"),
    CONSISTENCY(
            Group.CHANGES,
            "consistency",
            new Kind.Choice(List.of("run", "table")),
            "run",
            "run: one shared snapshot of the source; table: one for each table"),

    DELETE(
            Group.DELETES,
            "delete",
            new Kind.Choice(List.of("auto", "never")),
            "auto",
            "auto: remove rows that the source no longer has; never: keep them"),
    MAX_DELETE_PERCENT(
            Group.DELETES,
            "maxDeletePercent",
            new Kind.Whole(0, 100),
            "25",
            "stop a table that would lose more than this share of its rows"),
    FORCE_DELETES(
            Group.DELETES,
            "forceDeletes",
            new Kind.Flag(),
            "false",
            "delete however many rows it is, also when the source table is empty"),

    PARALLEL(Group.WORK, "parallel", new Kind.Whole(1, 256), "4", "tables or slices at a time on this node"),
    BATCH_SIZE(
            Group.WORK,
            "batchSize",
            new Kind.Whole(1, 10_000_000),
            null,
            "rows in one upsert or delete transaction, fixed; starts at 1,000 and grows to what takes about a second when not given"),
    DRY_RUN(Group.WORK, "dryRun", new Kind.Flag(), "false", "read everything, write nothing, report the same"),
    KEEP_HISTORY(
            Group.WORK,
            "keepHistory",
            new Kind.Span(Duration.ofDays(1), Duration.ofDays(36_500)),
            "90d",
            "how long ended runs stay in pgsync.run and pgsync.sync_log; the newest line of each table stays for good"),
    ALLOW_SKIPS(Group.WORK, "allowSkips", new Kind.Flag(), "false", "end with 0 although tables were skipped"),

    VERBOSE(Group.OUTPUT, "verbose", new Kind.Flag(), "false", "show SQL phases, timings, plans"),
    JSON(
            Group.OUTPUT,
            "json",
            new Kind.Flag(),
            "false",
            "write events as one JSON object a line on standard output, the summary last"),

    SCHEDULE(
            Group.NODES,
            "schedule",
            new Kind.Text("WHEN", "an interval such as 30s, or a cron line such as */5 * * * *", Checks::schedule),
            null,
            "when a coordinator starts runs: an interval such as 30s, or a cron line, whose times are UTC"),
    CLUSTER_NAME(
            Group.NODES,
            "cluster.name",
            new Kind.Text("NAME", "letters, digits, dot, dash and underscore, up to 64", Checks::clusterName),
            "pgsync",
            "nodes with one name form one cluster"),
    CLUSTER_BIND(
            Group.NODES,
            "cluster.bind",
            new Kind.Text("ADDRESS", "an address of this machine", Checks::host),
            "127.0.0.1",
            "address the node is reached at by the others"),
    CLUSTER_PORT(
            Group.NODES,
            "cluster.port",
            new Kind.Whole(1, 65_535),
            "5701",
            "port the node is reached at by the others"),
    CLUSTER_MEMBERS(
            Group.NODES,
            "cluster.members",
            new Kind.Names("HOSTS", "host:port, comma list", Checks::hostAndPort),
            "",
            "other nodes to join: host:port, comma list"),
    CLUSTER_SERVICE_DNS(
            Group.NODES,
            "cluster.kubernetes.serviceDns",
            new Kind.Text("NAME", "the DNS name of a headless service", Checks::host),
            null,
            "headless service whose addresses are the other nodes"),
    CLUSTER_SECRET(
            Group.NODES,
            "cluster.secret",
            new Kind.Hidden("SECRET", "text that every node of the cluster has", Checks::any),
            null,
            "text that every node of the cluster must have"),
    CLUSTER_WORK(
            Group.NODES,
            "cluster.work",
            new Kind.Flag(),
            "true",
            "a coordinator works on tasks too; false: it only leads"),
    HTTP_BIND(
            Group.NODES,
            "http.bind",
            new Kind.Text("ADDRESS", "an address of this machine", Checks::host),
            "127.0.0.1",
            "address of the HTTP interface; other than loopback needs a token"),
    HTTP_PORT(
            Group.NODES,
            "http.port",
            new Kind.Whole(0, 65_535),
            "8080",
            "port of the HTTP interface, 0 for any free one"),
    HTTP_TOKEN(
            Group.NODES,
            "http.token",
            new Kind.Hidden("TOKEN", "letters, digits and signs of ASCII, without spaces", Checks::token),
            null,
            "token that requests must carry"),
    HTTP_TOKEN_FILE(
            Group.NODES,
            "http.tokenFile",
            new Kind.Text("FILE", "a file that holds the token", Checks::any),
            null,
            "file that holds the token");

    /** How help and the configuration file are ordered. */
    public enum Group {
        CONNECTIONS("Connections"),
        SELECTION("What to synchronize"),
        CHANGES("How changes are found"),
        DELETES("Deletes"),
        WORK("How to work"),
        OUTPUT("Output"),
        NODES("Cluster and HTTP (coordinator, worker)");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    private final Group group;
    private final String key;
    private final Kind kind;
    private final @Nullable String defaultText;
    private final String help;
    private final List<String> aliases;

    Setting(Group group, String key, Kind kind, @Nullable String defaultText, String help, String... aliases) {
        this.group = group;
        this.key = key;
        this.kind = kind;
        this.defaultText = defaultText;
        this.help = help;
        this.aliases = List.of(aliases);
    }

    public Group group() {
        return group;
    }

    /** In a configuration file; a dot means nesting. */
    public String key() {
        return key;
    }

    public Kind kind() {
        return kind;
    }

    public String help() {
        return help;
    }

    /** As a person would write it; empty for a setting that stays unset when nobody gives it. */
    public Optional<String> defaultText() {
        return Optional.ofNullable(defaultText);
    }

    /** Other keys of the configuration file that mean the same: the names of the original tool. */
    public List<String> aliases() {
        return aliases;
    }

    /** Without a dash, such as {@code batch-size} or {@code cluster.name}. */
    public String flag() {
        return HUMP.matcher(key).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    /** Such as {@code PGSYNC_BATCH_SIZE}. */
    public String variable() {
        return "PGSYNC_" + flag().replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** Whether the value is never shown. */
    public boolean isSecret() {
        return kind instanceof Kind.Hidden;
    }

    /** Whether a configuration file may hold it. */
    public boolean isInFile() {
        return this != CONFIG;
    }

    /** The setting that a key of a configuration file, or one of its other names, stands for. */
    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(Setting::isInFile)
                .filter(s -> s.key.equals(key) || s.aliases.contains(key))
                .findFirst();
    }

    private static Kind connection() {
        return new Kind.Hidden(
                "CONNECTION", "a connection string such as postgres://user@host:5432/database", Checks::any);
    }

    private static Kind names(String placeholder, String allowed) {
        return new Kind.Names(placeholder, allowed, Checks::pattern);
    }
}
