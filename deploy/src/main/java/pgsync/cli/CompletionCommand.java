package pgsync.cli;

import java.util.EnumSet;
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
        return "bash|zsh|fish";
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
        call.out()
                .println(
                        switch (shell) {
                            // One script serves both: it turns on bash's completion functions by itself when zsh runs
                            // it.
                            case "bash", "zsh" -> AutoComplete.bash("pgsync", Grammar.of(Commands.all()));
                            case "fish" -> FishCompletion.of(Commands.all());
                            default -> throw new InvalidConfig("the shell", shell, "bash, zsh, fish");
                        });
        return ExitCode.DONE;
    }
}
