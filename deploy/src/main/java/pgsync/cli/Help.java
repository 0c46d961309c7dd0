package pgsync.cli;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import pgsync.config.Kind;
import pgsync.config.Setting;

/** What -help prints: fits 100 columns, and says the same on every terminal. */
final class Help {
    private static final int WIDTH = 100;
    private static final int INDENT = 34;

    private Help() {}

    static String overview(List<Command> commands) {
        var out = new StringBuilder();
        out.append("Keeps the tables of one PostgreSQL database (target) in step with another (source).\n\n");
        out.append("Usage: pgsync [COMMAND] -source CONNECTION -target CONNECTION [OPTION ...]\n\n");
        out.append("Options begin with one dash or two; -name value and -name=value mean the same.\n\nCommands:\n");
        commands.forEach(c -> entry(out, c.name() + (c.arguments().isEmpty() ? "" : " " + c.arguments()), c.summary()));
        out.append("\npgsync COMMAND -help shows the options of one command. These are the ones of sync:\n");
        options(out, commands.getFirst());
        entry(out, "-version", "print the version");
        out.append('\n')
                .append(connections())
                .append('\n')
                .append(examples())
                .append('\n')
                .append(exitCodes());
        return out.toString();
    }

    static String of(Command command) {
        var out = new StringBuilder();
        var arguments = command.arguments().isEmpty() ? "" : " " + command.arguments();
        out.append("pgsync ")
                .append(command.name())
                .append(": ")
                .append(command.summary())
                .append("\n\n");
        out.append("Usage: pgsync ").append(command.name()).append(arguments).append(" [OPTION ...]\n");
        options(out, command);
        if (command.settings().contains(Setting.TARGET)) {
            out.append('\n').append(connections());
        }
        return out.append('\n').append(exitCodes()).toString();
    }

    private static void options(StringBuilder out, Command command) {
        for (var group : Setting.Group.values()) {
            var settings = new TreeSet<>(command.settings());
            settings.removeIf(s -> s.group() != group);
            if (!settings.isEmpty()) {
                out.append('\n').append(group.title()).append(":\n");
                settings(out, settings);
            }
        }
        out.append(command.extras().isEmpty() ? "\n" : "\nOf this command:\n");
        command.extras().forEach(e -> entry(out, ("-" + e.flag() + " " + e.placeholder()).strip(), e.help()));
        entry(out, "-help", "print this");
    }

    private static void settings(StringBuilder out, Set<Setting> settings) {
        for (var setting : settings) {
            var name = setting.key().contains(".") ? setting.key() : setting.flag();
            var value = setting.kind() instanceof Kind.Flag
                    ? ""
                    : " " + setting.kind().placeholder();
            var otherwise = setting.defaultText()
                    .filter(text -> !text.isEmpty() && !(setting.kind() instanceof Kind.Flag))
                    .map(text -> " (default " + text + ")")
                    .orElse("");
            entry(out, "-" + name + value, setting.help() + otherwise);
        }
    }

    private static void entry(StringBuilder out, String name, String text) {
        var line = new StringBuilder("  " + name + " ");
        if (line.length() > INDENT) {
            out.append(line.toString().stripTrailing()).append('\n');
            line.setLength(0);
        }
        pad(line);
        for (var word : text.split(" ", -1)) {
            if (line.length() + word.length() > WIDTH && line.length() > INDENT) {
                out.append(line.toString().stripTrailing()).append('\n');
                line.setLength(0);
                pad(line);
            }
            line.append(word).append(' ');
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private static void pad(StringBuilder line) {
        line.append(" ".repeat(Math.max(0, INDENT - line.length())));
    }

    private static String connections() {
        return """
                Connection strings: postgres://user@host:5432/database?sslmode=verify-full, host=... dbname=...
                  A password on the command line can be read by every user of this machine (ps, /proc).
                  Safe ways: PGSYNC_SOURCE and PGSYNC_TARGET in the environment, a file given with -config
                  that only you can read, -source - to read standard input, ~/.pgpass.

                Settings: a flag wins over the environment (-batch-size is PGSYNC_BATCH_SIZE), that over
                  the file of -config, that over the default. pgsync init writes a file with every setting.
                """;
    }

    private static String examples() {
        return """
                Examples:
                  pgsync -source postgres://reader@old/shop -target postgres://writer@new/shop
                  pgsync -config pgsync.json -include 'users,order_*' -exclude '*_log' -dry-run
                  pgsync -config pgsync.json -reconcile -max-delete-percent 5
                  pgsync history -config pgsync.json -limit 5
                """;
    }

    private static String exitCodes() {
        var out = new StringBuilder("Exit codes:\n");
        for (var code : ExitCode.values()) {
            out.append("  %-4d%s%n".formatted(code.code(), code.meaning()).replace("\r", ""));
        }
        return out.append("  Where several apply: 70, then 1, 7, 6, 0.\n").toString();
    }
}
