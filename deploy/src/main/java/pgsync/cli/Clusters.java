package pgsync.cli;

/** Clusters that run elsewhere, as the command line names them. */
@FunctionalInterface
public interface Clusters {
    /**
     * An engine that lets the cluster do a run, or verify, and watches it. Of the settings only those of {@link SyncCommand#SENT} count. It
     * throws {@link pgsync.error.ClusterUnreachable} when no node answers, {@link pgsync.error.FailedElsewhere} for what the cluster
     * says.
     *
     * @param addresses what {@code -cluster} was given; throws {@link pgsync.config.InvalidConfig} for what is no list of addresses
     */
    Engine at(String addresses, boolean verify);
}
