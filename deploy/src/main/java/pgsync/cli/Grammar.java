package pgsync.cli;

import java.nio.file.Path;
import java.util.List;
import pgsync.config.Kind;
import pgsync.config.Setting;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The commands and settings as picocli wants them. Built without annotations: reading those costs a third of a short start. */
final class Grammar {
    private Grammar() {}

    static CommandLine of(List<Command> commands) {
        var root = spec("pgsync", commands.getFirst());
        root.addOption(flag("version"));
        for (var command : commands) {
            root.addSubcommand(command.name(), spec(command.name(), command));
        }
        return new CommandLine(root)
                .setPosixClusteredShortOptionsAllowed(false)
                .setAllowOptionsAsOptionParameters(false)
                // A table may be called "status": -include status is a value, not a command.
                .setAllowSubcommandsAsOptionParameters(true)
                .setExpandAtFiles(false)
                .setInterpolateVariables(false);
    }

    private static CommandSpec spec(String name, Command command) {
        var spec = CommandSpec.create().name(name);
        spec.usageMessage().description(command.summary());
        command.settings().forEach(setting -> spec.addOption(option(setting)));
        command.extras().forEach(extra -> spec.addOption(option(extra)));
        spec.addOption(OptionSpec.builder("-help", "--help", "-h")
                .type(boolean.class)
                .arity("0")
                .build());
        if (command.mostArguments() > 0) {
            spec.addPositional(PositionalParamSpec.builder()
                    .paramLabel(command.arguments())
                    .arity("0.." + command.mostArguments())
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .build());
        }
        return spec;
    }

    private static OptionSpec option(Setting setting) {
        var builder = OptionSpec.builder(names(setting))
                .paramLabel(setting.kind().placeholder())
                .description(setting.help());
        return switch (setting.kind()) {
            case Kind.Flag flag ->
                builder.type(Boolean.class).arity("0..1").fallbackValue("true").build();
            // Given more than once, the lists are put together.
            case Kind.Names names ->
                builder.type(List.class).auxiliaryTypes(String.class).arity("1").build();
            case Kind.Choice choice ->
                builder.type(String.class)
                        .arity("1")
                        .completionCandidates(choice.values())
                        .build();
            case Kind.Text text ->
                builder.type(text.placeholder().equals("FILE") ? Path.class : String.class)
                        .arity("1")
                        .build();
            case Kind.Hidden hidden -> builder.type(String.class).arity("1").build();
            case Kind.Whole whole -> builder.type(String.class).arity("1").build();
            case Kind.Span span -> builder.type(String.class).arity("1").build();
        };
    }

    private static String[] names(Setting setting) {
        // A key with a dot is a flag as it is written in the file, and in the dashed form of the others.
        return setting.key().contains(".") && !setting.key().equals(setting.flag())
                ? new String[] {"-" + setting.flag(), "--" + setting.flag(), "-" + setting.key(), "--" + setting.key()}
                : new String[] {"-" + setting.flag(), "--" + setting.flag()};
    }

    private static OptionSpec option(Command.Extra extra) {
        if (extra.placeholder().isEmpty()) {
            return flag(extra.flag());
        }
        return OptionSpec.builder("-" + extra.flag(), "--" + extra.flag())
                .paramLabel(extra.placeholder())
                .description(extra.help())
                .type(String.class)
                .arity("1")
                .build();
    }

    private static OptionSpec flag(String name) {
        return OptionSpec.builder("-" + name, "--" + name)
                .type(Boolean.class)
                .arity("0..1")
                .fallbackValue("true")
                .build();
    }
}
