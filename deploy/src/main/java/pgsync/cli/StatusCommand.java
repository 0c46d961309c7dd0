package pgsync.cli;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pgsync.cli.output.RunOutput;
import pgsync.cli.output.Screenful;
import pgsync.cli.output.SituationJson;
import pgsync.cli.output.SituationText;
import pgsync.config.InvalidConfig;
import pgsync.config.Setting;
import pgsync.config.Settings;
import pgsync.error.ClusterUnreachable;
import pgsync.error.StepFailed;

/** Shows how a cluster stands, once or until somebody has seen enough. */
final class StatusCommand implements Command {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final String NEVER_USED = "Nothing was synchronized into this target yet: it has no schema pgsync.";

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String summary() {
        return "show nodes, runs and tables in trouble";
    }

    @Override
    public Set<Setting> settings() {
        return EnumSet.of(
                Setting.TARGET,
                Setting.CONFIG,
                Setting.JSON,
                Setting.VERBOSE,
                Setting.CLUSTER_NAME,
                Setting.HTTP_TOKEN,
                Setting.HTTP_TOKEN_FILE);
    }

    @Override
    public List<Extra> extras() {
        return List.of(
                Extra.CLUSTER,
                new Extra(
                        "watch",
                        "",
                        "look each second until Ctrl-C: drawn over itself on a terminal, otherwise printed again when"
                                + " something changed"));
    }

    @Override
    public ExitCode run(Call call) {
        var settings = call.settings();
        var cluster = call.extra(Extra.CLUSTER.flag()).orElse(null);
        checkWhereToLook(call, settings, cluster);
        Logging.prepare(settings.output().verbose());
        try (var look = call.wiring().situations().open(settings, cluster)) {
            if (call.has("watch")) {
                watch(call, settings, look);
            } else {
                show(call, settings, look.now());
            }
        }
        return ExitCode.DONE;
    }

    private static void checkWhereToLook(Call call, Settings settings, @Nullable String cluster) {
        if (cluster == null) {
            settings.requiredTarget();
            return;
        }
        for (var setting : List.of(Setting.TARGET, Setting.CLUSTER_NAME)) {
            if (call.flags().containsKey(setting)) {
                throw new InvalidConfig("-%s has no effect with -cluster, whose nodes are asked instead of the target"
                        .formatted(setting.flag()));
            }
        }
    }

    private static void show(Call call, Settings settings, Situations.Seen seen) {
        switch (seen) {
            case Situations.Seen.NeverUsed never -> {
                // Standard output stays empty of prose with -json.
                var to = settings.output().json() ? call.shell().err() : call.out();
                to.println(NEVER_USED);
            }
            case Situations.Seen.Stands(var situation) -> {
                if (settings.output().json()) {
                    call.out().println(SituationJson.of(situation));
                } else {
                    SituationText.of(situation).forEach(call.out()::println);
                }
            }
        }
    }

    /** Returns when it is interrupted. What goes wrong at the first look ends it, what goes wrong later is shown and tried again. */
    private static void watch(Call call, Settings settings, Situations.Look look) {
        var shell = call.shell();
        var screen = settings.output().json()
                ? Optional.<Screenful>empty()
                : Screenful.on(shell.out(), shell.outIsTerminal(), shell.environment());
        var last = look.now();
        draw(call, settings, screen, last);
        String trouble = null;
        while (rested(shell)) {
            try {
                var now = look.now();
                if (screen.isPresent() || trouble != null || !calm(now).equals(calm(last))) {
                    draw(call, settings, screen, now);
                }
                last = now;
                trouble = null;
            } catch (StepFailed | ClusterUnreachable e) {
                var failure = Failure.of(e);
                if (!failure.message().equals(trouble)) {
                    RunOutput.tell(shell.err(), failure.message(), failure.remedy());
                    trouble = failure.message();
                }
            }
        }
    }

    private static boolean rested(Shell shell) {
        try {
            shell.pause().sleep(BETWEEN_LOOKS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void draw(Call call, Settings settings, Optional<Screenful> screen, Situations.Seen seen) {
        if (screen.isPresent()) {
            screen.get()
                    .draw(
                            switch (seen) {
                                case Situations.Seen.NeverUsed never -> List.of(NEVER_USED);
                                case Situations.Seen.Stands(var situation) -> SituationText.of(situation);
                            });
        } else {
            show(call, settings, seen);
        }
    }

    /** Without what changes from second to second although nothing happens. */
    private static Situations.Seen calm(Situations.Seen seen) {
        return switch (seen) {
            case Situations.Seen.NeverUsed never -> never;
            case Situations.Seen.Stands(var situation) -> new Situations.Seen.Stands(situation.withoutAges());
        };
    }
}
