package pgsync.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pgsync.cli.output.RunOutput;
import pgsync.config.InvalidConfig;
import pgsync.config.Kind;
import pgsync.config.NearMiss;
import pgsync.config.Secret;
import pgsync.config.Setting;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The whole program but the process: takes arguments, gives an exit code, writes only to the shell it was given. */
public final class Program {
    private final Shell shell;
    private final Wiring wiring;
    private final List<Command> commands = Commands.all();

    public Program(Shell shell, Wiring wiring) {
        this.shell = shell;
        this.wiring = wiring;
    }

    /** Never throws: everything that goes wrong has been told and has its code. */
    public ExitCode run(String... args) {
        try {
            return dispatch(parse(args));
        } catch (RuntimeException | Error e) {
            var failure = Failure.of(e);
            RunOutput.tell(shell.err(), failure.message(), failure.remedy());
            trace(
                    e,
                    failure,
                    List.of(args).contains("-verbose") || List.of(args).contains("--verbose"),
                    shell.err());
            return failure.code();
        } finally {
            shell.out().flush();
            shell.err().flush();
        }
    }

    private ExitCode dispatch(ParseResult root) {
        var last = root;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        var name = last.commandSpec().name();
        var command =
                commands.stream().filter(c -> c.name().equals(name)).findFirst().orElse(commands.getFirst());
        if (last.hasMatchedOption("-help")) {
            shell.out().print(root.hasSubcommand() ? Help.of(command) : Help.overview(commands));
            return ExitCode.DONE;
        }
        if (root.hasMatchedOption("-help")) {
            shell.out().print(Help.of(command));
            return ExitCode.DONE;
        }
        if (root.hasMatchedOption("-version")) {
            shell.out().println(VersionCommand.line());
            return ExitCode.DONE;
        }
        return command.run(new Call(shell, wiring, flags(root, last), extras(command, last), arguments(command, last)));
    }

    private ParseResult parse(String... args) {
        if (args.length > 0 && args[0].equals("help")) {
            return parse(args.length > 1 ? new String[] {args[1], "-help"} : new String[] {"-help"});
        }
        try {
            return Grammar.of(commands).parseArgs(args);
        } catch (CommandLine.UnmatchedArgumentException e) {
            throw new InvalidConfig(unknown(e));
        } catch (CommandLine.OverwrittenOptionException e) {
            throw new InvalidConfig(name(e.getOverwritten()) + " is given twice; allowed: once");
        } catch (CommandLine.MissingParameterException e) {
            var option = e.getMissing().getFirst();
            throw new InvalidConfig(name(option) + " needs a value" + allowed(option));
        } catch (CommandLine.ParameterException e) {
            throw new InvalidConfig(wrongValue(e));
        }
    }

    private String unknown(CommandLine.UnmatchedArgumentException e) {
        var given = e.getUnmatched().getFirst();
        var spec = e.getCommandLine().getCommandSpec();
        if (!given.startsWith("-")) {
            var known = commands.stream().map(Command::name).toList();
            if (given.contains("://") || given.contains("=")) {
                return "a connection stands here without its option; allowed: -source CONNECTION, -target CONNECTION";
            }
            return spec.parent() == null
                    ? "there is no command " + given + NearMiss.hint(given, known) + "; pgsync -help lists the commands"
                    : tooMuch(spec.name(), given);
        }
        // The value is not repeated: behind a mistyped -source= stands a password.
        var equals = given.indexOf('=');
        var option = equals < 0 ? given : given.substring(0, equals);
        var known = new TreeSet<String>();
        spec.options().forEach(o -> known.add(o.names()[0]));
        var help = spec.parent() == null ? "pgsync -help" : "pgsync " + spec.name() + " -help";
        return "there is no option " + option + NearMiss.hint(option, known) + "; " + help + " lists the options";
    }

    private static String wrongValue(CommandLine.ParameterException e) {
        var arg = e.getArgSpec();
        if (arg == null) {
            return "the command line cannot be read; pgsync -help shows how it is written";
        }
        var value = e.getValue();
        return value == null || value.isEmpty()
                ? name(arg) + " needs a value" + allowed(arg)
                : "%s is %s%s".formatted(name(arg), Secret.maskIn(value), allowed(arg));
    }

    private static String name(CommandLine.Model.ArgSpec arg) {
        return arg instanceof CommandLine.Model.OptionSpec option ? option.names()[0] : arg.paramLabel();
    }

    private static String allowed(CommandLine.Model.ArgSpec arg) {
        for (var setting : Setting.values()) {
            if (name(arg).equals("-" + setting.flag())) {
                return "; allowed: " + setting.kind().allowed();
            }
        }
        return arg.type() == Boolean.class ? "; allowed: true or false" : "";
    }

    // pgsync -config c.json history: what stands before a command's name counts for it, what stands after it wins.
    private Map<Setting, String> flags(ParseResult root, ParseResult last) {
        var flags = new EnumMap<Setting, String>(Setting.class);
        for (var result : root.hasSubcommand() ? List.of(root, last) : List.of(root)) {
            for (var setting : Setting.values()) {
                var value = value(result, setting);
                if (value != null) {
                    flags.put(setting, value);
                }
            }
        }
        new StandardInput(shell.in()).fill(flags);
        return flags;
    }

    private static @Nullable String value(ParseResult result, Setting setting) {
        var option = result.matchedOption(setting.flag());
        if (option == null) {
            return null;
        }
        return switch (setting.kind()) {
            case Kind.Flag flag -> String.valueOf(option.<Object>getValue());
            case Kind.Names names -> String.join(",", option.stringValues());
            case Kind.Text text -> option.stringValues().getLast();
            case Kind.Hidden hidden -> option.stringValues().getLast();
            case Kind.Choice choice -> option.stringValues().getLast();
            case Kind.Whole whole -> option.stringValues().getLast();
            case Kind.Span span -> option.stringValues().getLast();
        };
    }

    private static Map<String, String> extras(Command command, ParseResult result) {
        var extras = new LinkedHashMap<String, String>();
        for (var extra : command.extras()) {
            var option = result.matchedOption(extra.flag());
            if (option != null) {
                extras.put(extra.flag(), String.valueOf(option.<Object>getValue()));
            }
        }
        return extras;
    }

    private static List<String> arguments(Command command, ParseResult result) {
        var arguments = new ArrayList<String>();
        result.matchedPositionals().forEach(p -> arguments.addAll(p.stringValues()));
        if (arguments.size() > command.mostArguments()) {
            throw new InvalidConfig(tooMuch(command.name(), arguments.get(command.mostArguments())));
        }
        return arguments;
    }

    private static String tooMuch(String command, String argument) {
        return "pgsync %s does not take the argument %s; pgsync %s -help shows what it takes"
                .formatted(command, Secret.maskIn(argument), command);
    }

    static void trace(Throwable e, Failure failure, boolean verbose, PrintStream err) {
        if (verbose && failure.code() == ExitCode.INTERNAL) {
            for (Throwable t = e; t != null; t = t.getCause()) {
                err.println(t.getClass().getName());
                for (var frame : t.getStackTrace()) {
                    err.println("    at " + frame);
                }
            }
        }
    }
}
