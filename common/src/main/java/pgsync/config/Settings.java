package pgsync.config;

import org.jspecify.annotations.Nullable;

/**
 * Everything a person set, read once and complete. Connections may be missing, since not every command needs both; who needs one
 * asks with {@link #requiredSource} or {@link #requiredTarget}.
 *
 * @param schedule an interval or a cron line, null when runs are only asked for
 */
public record Settings(
        SyncConfig sync,
        @Nullable Secret source,
        @Nullable Secret target,
        ClusterConfig cluster,
        HttpConfig http,
        OutputConfig output,
        @Nullable String schedule) {
    public static final Settings DEFAULT = new Settings(
            SyncConfig.DEFAULT, null, null, ClusterConfig.DEFAULT, HttpConfig.DEFAULT, OutputConfig.DEFAULT, null);

    /** The same settings, told another way. */
    public Settings with(OutputConfig other) {
        return new Settings(sync, source, target, cluster, http, other, schedule);
    }

    /** The same connections, asked for something else. */
    public Settings with(SyncConfig other) {
        return new Settings(other, source, target, cluster, http, output, schedule);
    }

    /** Throws {@link InvalidConfig} that says the ways to give it. */
    public Secret requiredSource() {
        return required(source, Setting.SOURCE);
    }

    /** Throws {@link InvalidConfig} that says the ways to give it. */
    public Secret requiredTarget() {
        return required(target, Setting.TARGET);
    }

    private static Secret required(@Nullable Secret connection, Setting setting) {
        if (connection == null) {
            throw new InvalidConfig("%s is missing; give -%s, %s, or \"%s\" in the file of -config"
                    .formatted(setting.key(), setting.flag(), setting.variable(), setting.key()));
        }
        return connection;
    }
}
