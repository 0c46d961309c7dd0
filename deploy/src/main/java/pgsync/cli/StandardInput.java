package pgsync.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import pgsync.config.InvalidConfig;
import pgsync.config.Setting;

/** Puts lines of standard input in the place of {@code -}: the first for the source, the next for the target when both ask. */
final class StandardInput {
    private final InputStream in;

    StandardInput(InputStream in) {
        this.in = in;
    }

    void fill(Map<Setting, String> flags) {
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (var setting : new Setting[] {Setting.SOURCE, Setting.TARGET}) {
            if ("-".equals(flags.get(setting))) {
                flags.put(setting, line(lines, setting));
            }
        }
    }

    private static String line(BufferedReader lines, Setting setting) {
        try {
            var line = lines.readLine();
            if (line == null || line.isBlank()) {
                throw new InvalidConfig(
                        "-%s is - and standard input has no line for it; allowed: a connection string on a line of its own"
                                .formatted(setting.flag()));
            }
            return line.strip();
        } catch (IOException e) {
            throw new InvalidConfig("-%s is - and standard input cannot be read".formatted(setting.flag()));
        }
    }
}
