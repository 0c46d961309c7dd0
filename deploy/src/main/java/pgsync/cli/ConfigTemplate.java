package pgsync.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import pgsync.config.Kind;
import pgsync.config.Setting;

/** The file that init writes: the connections to fill in, and every other setting commented out at its default. */
final class ConfigTemplate {
    private ConfigTemplate() {}

    /** In the format that the name's end asks for, JSON for any other. */
    static String of(String fileName) {
        var name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return new Writer("#", "", "", ": ").text();
        }
        return name.endsWith(".toml")
                ? new Writer("#", "", "", " = ").text()
                : new Writer("//", "  ", ",", ": ").text();
    }

    private record Writer(String comment, String indent, String end, String between) {
        String text() {
            var out = new StringBuilder();
            var json = comment.equals("//");
            out.append(json ? "{\n" : "");
            note(out, "Settings of pgsync. A flag wins over the environment, that over this file.");
            note(out, "A line without its comment sign counts; what stands there is the default or an example.");
            for (var group : Setting.Group.values()) {
                out.append('\n');
                note(out, "--- " + group.title() + " ---");
                Arrays.stream(Setting.values())
                        .filter(s -> s.group() == group && s.isInFile())
                        .forEach(s -> setting(out, s));
            }
            tables(out, json);
            return out.append(json ? "}\n" : "").toString();
        }

        private void setting(StringBuilder out, Setting setting) {
            note(out, setting.help() + "; " + setting.kind().allowed());
            var connection = setting == Setting.SOURCE || setting == Setting.TARGET;
            line(out, connection ? "" : comment + " ", key(setting.key()) + between + value(setting) + end);
        }

        private void tables(StringBuilder out, boolean json) {
            out.append('\n');
            note(out, "--- Rules of single tables ---");
            note(
                    out,
                    "timestamp, where (SQL, applied on both sides), key, columns, exclude (columns), mode (incremental, reconcile, replace),");
            note(out, "fixed (columns of the target with the value that every row gets there)");
            if (json) {
                line(
                        out,
                        comment + " ",
                        "\"tables\": {\"public.orders\": {\"timestamp\": \"changed_at\", \"exclude\": [\"note\"]}},");
            } else if (between.equals(": ")) {
                line(out, comment + " ", "tables: {\"public.orders\": {timestamp: changed_at, exclude: [note]}}");
            } else {
                line(
                        out,
                        comment + " ",
                        "tables.\"public.orders\" = {timestamp = \"changed_at\", exclude = [\"note\"]}");
            }
        }

        private String key(String key) {
            return between.equals(" = ") ? key : '"' + key + '"';
        }

        private static String value(Setting setting) {
            var text = setting.defaultText().orElse("");
            return switch (setting.kind()) {
                case Kind.Flag flag -> text;
                case Kind.Whole whole -> text.isEmpty() ? "1000" : text;
                case Kind.Names names ->
                    text.isEmpty() ? "[]" : "[\"" + String.join("\", \"", List.of(text.split(",", -1))) + "\"]";
                case Kind.Hidden hidden -> '"' + example(setting) + '"';
                case Kind.Text word -> '"' + (text.isEmpty() ? example(setting) : text) + '"';
                case Kind.Choice choice -> '"' + text + '"';
                case Kind.Span span -> '"' + text + '"';
            };
        }

        private static String example(Setting setting) {
            return switch (setting) {
                case SOURCE -> "postgres://reader@source.example:5432/shop";
                case TARGET -> "postgres://writer@target.example:5432/shop";
                case TIMESTAMP_ZONE -> "UTC";
                case SCHEDULE -> "5m";
                case CLUSTER_SERVICE_DNS -> "pgsync.default.svc.cluster.local";
                case HTTP_TOKEN_FILE -> "/run/secrets/pgsync-token";
                case CLUSTER_SECRET, HTTP_TOKEN -> "a-long-random-text";
                default -> throw new IllegalStateException(setting + " needs an example");
            };
        }

        private void note(StringBuilder out, String text) {
            line(out, comment + " ", text);
        }

        private void line(StringBuilder out, String before, String text) {
            out.append(indent).append(before).append(text).append('\n');
        }
    }
}
