package pgsync.cli;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pgsync.cli.output.JsonLine;
import pgsync.config.Effective;
import pgsync.config.InvalidConfig;
import pgsync.config.Secret;
import pgsync.config.Setting;
import pgsync.connect.Endpoint;
import pgsync.connect.Surroundings;

/** Shows, checks and describes the settings without connecting anywhere. */
final class ConfigCommand implements Command {
    @Override
    public String name() {
        return "config";
    }

    @Override
    public String summary() {
        return "show the settings and where each came from, check them, or print their JSON Schema";
    }

    @Override
    public String arguments() {
        return "show|validate|schema";
    }

    @Override
    public int mostArguments() {
        return 1;
    }

    @Override
    public Set<Setting> settings() {
        return EnumSet.allOf(Setting.class);
    }

    @Override
    public ExitCode run(Call call) {
        var what = call.arguments().isEmpty() ? "show" : call.arguments().getFirst();
        switch (what) {
            case "show" -> show(call);
            case "validate" -> validate(call);
            case "schema" -> call.out().print(ConfigSchema.text());
            default ->
                throw new InvalidConfig(
                        "what follows config", what, String.join(", ", List.of("show", "validate", "schema")));
        }
        return ExitCode.DONE;
    }

    private static void show(Call call) {
        var effective = call.effective();
        if (effective.settings().output().json()) {
            effective
                    .lines()
                    .forEach(l -> call.out()
                            .println(new JsonLine()
                                    .text("key", l.key())
                                    .text("value", l.value())
                                    .text("origin", l.origin())
                                    .end()));
            return;
        }
        var widest =
                effective.lines().stream().mapToInt(l -> l.key().length()).max().orElse(0);
        for (var line : effective.lines()) {
            var value = line.value().isEmpty() ? "(none)" : line.value();
            call.out().println(pad(line.key(), widest) + "  " + pad(value, 24) + "  " + line.origin());
        }
    }

    private static void validate(Call call) {
        var effective = call.effective();
        refuseUnreadableConnections(effective);
        var given = effective.lines().stream()
                .filter(l -> !l.origin().equals("default"))
                .count();
        call.out()
                .println("The settings are valid: %d given, %d at their default."
                        .formatted(given, effective.lines().size() - given));
    }

    /** As a run would before it connects, each with the place where it was written. */
    private static void refuseUnreadableConnections(Effective effective) {
        var problems = new ArrayList<String>();
        problem(effective, Setting.SOURCE, effective.settings().source()).ifPresent(problems::add);
        problem(effective, Setting.TARGET, effective.settings().target()).ifPresent(problems::add);
        if (!problems.isEmpty()) {
            throw new InvalidConfig(String.join("\n", problems));
        }
    }

    private static Optional<String> problem(Effective effective, Setting setting, @Nullable Secret connection) {
        if (connection == null) {
            return Optional.empty();
        }
        try {
            Endpoint.parse(connection.reveal(), Surroundings.ofProcess());
            return Optional.empty();
        } catch (InvalidConfig e) {
            return effective.lines().stream()
                    .filter(line -> line.key().equals(setting.key()))
                    .map(line -> "%s: %s %s".formatted(line.origin(), setting.key(), e.getMessage()))
                    .findFirst();
        }
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
