package pgsync.cli;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pgsync.config.Effective;
import pgsync.config.InvalidConfig;
import pgsync.config.Secret;
import pgsync.config.Setting;
import pgsync.config.Settings;
import pgsync.config.SettingsReader;

/** One command as it was called. */
record Call(
        Shell shell, Wiring wiring, Map<Setting, String> flags, Map<String, String> extras, List<String> arguments) {
    Call {
        arguments = List.copyOf(arguments);
    }

    /** The same call with one more flag. */
    Call with(Setting setting, String value) {
        var more = new EnumMap<Setting, String>(Setting.class);
        more.putAll(flags);
        more.put(setting, value);
        return new Call(shell, wiring, more, extras, arguments);
    }

    PrintStream out() {
        return shell.out();
    }

    Settings settings() {
        return effective().settings();
    }

    Effective effective() {
        return new SettingsReader(shell.environment()).read(flags);
    }

    Optional<String> extra(String flag) {
        return Optional.ofNullable(extras.get(flag));
    }

    boolean has(String flag) {
        return Boolean.parseBoolean(extras.getOrDefault(flag, "false"));
    }

    /** The extra flag as a number, both ends included. */
    int number(String flag, int least, int most, int otherwise) {
        var text = extras.get(flag);
        if (text == null) {
            return otherwise;
        }
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw new InvalidConfig(
                "-" + flag, text.isEmpty() ? "empty" : Secret.maskIn(text), "%,d to %,d".formatted(least, most));
    }
}
