package pgsync.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import pgsync.config.InvalidConfig;
import pgsync.config.Setting;
import picocli.AutoComplete;

/** Prints a script that lets a shell complete commands, options and values. */
final class CompletionCommand implements Command {
    @Override
    public String name() {
        return "completion";
    }

    @Override
    public String summary() {
        return "print the completion script: source <(pgsync completion bash)";
    }

    @Override
    public String arguments() {
        return "bash|zsh";
    }

    @Override
    public int mostArguments() {
        return 1;
    }

    @Override
    public Set<Setting> settings() {
        return EnumSet.noneOf(Setting.class);
    }

    @Override
    public ExitCode run(Call call) {
        var shell = call.arguments().isEmpty() ? "bash" : call.arguments().getFirst();
        if (!List.of("bash", "zsh").contains(shell)) {
            throw new InvalidConfig("the shell", shell, "bash, zsh");
        }
        // One script serves both: it turns on bash's completion functions by itself when zsh runs it.
        call.out().println(AutoComplete.bash("pgsync", Grammar.of(Commands.all())));
        return ExitCode.DONE;
    }
}
