package pgsync.cli;

import java.util.List;
import java.util.Set;
import pgsync.config.Setting;

/** One command of the program. What is listed in {@link Commands} exists; nothing else is offered. */
interface Command {
    String name();

    /** One line for the list of commands. */
    String summary();

    /** What stands after {@code pgsync NAME} in help, such as {@code [FILE]}; empty for nothing. */
    default String arguments() {
        return "";
    }

    /** At most so many arguments that are not options. */
    default int mostArguments() {
        return 0;
    }

    /** Settings that are flags of this command. */
    Set<Setting> settings();

    /** Flags beyond the settings. */
    default List<Extra> extras() {
        return List.of();
    }

    ExitCode run(Call call);

    /**
     * A flag that is no setting.
     *
     * @param placeholder what its value is called, empty for a flag that is true when it stands there
     */
    record Extra(String flag, String placeholder, String help) {
        /** No setting, so that neither a file nor the environment sends a run to a cluster by surprise. */
        static final Extra CLUSTER = new Extra(
                "cluster",
                "URLS",
                "ask the cluster with a node at http://host:port; comma list: another node is asked when one dies;"
                        + " http.token or http.tokenFile when its nodes want a token");
    }
}
