package pgsync.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What fish needs to complete commands, options and values: one line for each, told to its {@code complete}. */
final class FishCompletion {
    private static final String COMPLETE = "complete -c pgsync";

    private FishCompletion() {}

    static String of(List<Command> commands) {
        var root = Grammar.of(commands).getCommandSpec();
        var lines = Stream.concat(
                Stream.of("# Completion of pgsync for fish: pgsync completion fish | source", COMPLETE + " -f"),
                Stream.concat(
                        options(root, "__fish_use_subcommand"),
                        commands.stream().flatMap(c -> lines(c, root))));
        return lines.collect(Collectors.joining("\n"));
    }

    private static Stream<String> lines(Command command, CommandSpec root) {
        var within = "__fish_seen_subcommand_from " + command.name();
        var itself = "%s -n __fish_use_subcommand -a %s -d %s"
                .formatted(COMPLETE, command.name(), quoted(command.summary()));
        var spec =
                Objects.requireNonNull(root.subcommands().get(command.name())).getCommandSpec();
        return Stream.of(Stream.of(itself), arguments(command, within), options(spec, within))
                .flatMap(lines -> lines);
    }

    private static Stream<String> arguments(Command command, String within) {
        var arguments = command.arguments();
        if (arguments.contains("|")) {
            return Stream.of("%s -n %s -a %s".formatted(COMPLETE, quoted(within), quoted(arguments.replace('|', ' '))));
        }
        return arguments.contains("FILE")
                ? Stream.of("%s -n %s -F".formatted(COMPLETE, quoted(within)))
                : Stream.empty();
    }

    private static Stream<String> options(CommandSpec spec, String within) {
        return spec.options().stream().map(option -> option(option, within));
    }

    /** A name with one dash is an old style option to fish, one with two a long one, and one letter a short one. */
    private static String option(OptionSpec option, String within) {
        var names = Stream.of(option.names())
                .map(name -> name.startsWith("--")
                        ? " -l " + name.substring(2)
                        : (name.length() == 2 ? " -s " : " -o ") + name.substring(1))
                .collect(Collectors.joining());
        var description = option.description().length == 0 ? "" : " -d " + quoted(option.description()[0]);
        return COMPLETE + " -n " + quoted(within) + names + value(option) + description;
    }

    private static String value(OptionSpec option) {
        if (option.arity().min() == 0) {
            return "";
        }
        if (option.type() == Path.class) {
            return " -r -F";
        }
        var candidates = option.completionCandidates();
        return candidates == null
                ? " -x"
                : " -x -a "
                        + quoted(StreamSupport.stream(candidates.spliterator(), false)
                                .collect(Collectors.joining(" ")));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
