package pgsync.cli;

import java.util.List;

/** The commands there are, in the order of help. The first is the one without a name. */
final class Commands {
    private Commands() {}

    static List<Command> all() {
        return List.of(
                new SyncCommand(),
                new PlanCommand(),
                new VerifyCommand(),
                new DoctorCommand(),
                new StatusCommand(),
                new HistoryCommand(),
                new CoordinatorCommand(),
                new WorkerCommand(),
                new DemoCommand(),
                new InitCommand(),
                new ConfigCommand(),
                new CompletionCommand(),
                new VersionCommand());
    }
}
