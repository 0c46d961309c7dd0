package pgsync.config;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pgsync.schedule.Schedule;

/** Says what is wrong with a text, or null when nothing is. */
final class Checks {
    private static final Pattern CLUSTER_NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,253}");

    private Checks() {}

    static @Nullable String any(String text) {
        return null;
    }

    static @Nullable String name(String text) {
        return text.indexOf('\0') >= 0 ? "a name cannot hold a zero character" : null;
    }

    /**
     * The pattern language of schema, include and exclude: {@code *}, {@code ?}, {@code [abc]}, {@code [a-z]}, {@code [!a]}, and names
     * in double quotes in which every character stands for itself.
     */
    static @Nullable String pattern(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                var close = text.indexOf('"', i + 1);
                if (close < 0) {
                    return "the double quote at position " + (i + 1) + " needs a second one";
                }
                i = close;
            } else if (text.charAt(i) == '[') {
                var close = closeOf(text, i);
                if (close < 0) {
                    return "the [ at position " + (i + 1)
                            + " needs a closing ]; a name with [ in it is written in double quotes";
                }
                var backwards = backwardsRange(text, i + 1, close);
                if (backwards != null) {
                    return backwards;
                }
                i = close;
            }
        }
        return null;
    }

    // A ] that comes first stands for itself, also after the ! that negates.
    private static int closeOf(String text, int open) {
        var first = open + (text.startsWith("!", open + 1) ? 2 : 1);
        return text.indexOf(']', first + 1);
    }

    private static @Nullable String backwardsRange(String text, int from, int close) {
        for (int i = from; i + 2 < close; i++) {
            if (text.charAt(i + 1) == '-') {
                if (text.charAt(i) > text.charAt(i + 2)) {
                    return "the range " + text.substring(i, i + 3) + " runs backwards";
                }
                i += 2;
            }
        }
        return null;
    }

    /** Cut at the commas that do not stand in double quotes. */
    static List<String> entries(String commaList) {
        var entries = new ArrayList<String>();
        var start = 0;
        var isQuoted = false;
        for (int i = 0; i < commaList.length(); i++) {
            if (commaList.charAt(i) == '"') {
                isQuoted = !isQuoted;
            } else if (commaList.charAt(i) == ',' && !isQuoted) {
                entries.add(commaList.substring(start, i).strip());
                start = i + 1;
            }
        }
        entries.add(commaList.substring(start).strip());
        return entries;
    }

    // Offsets such as +02:00 are not taken: PostgreSQL reads the sign of a bare offset the other way round (POSIX).
    static @Nullable String zone(String text) {
        return ZoneId.getAvailableZoneIds().contains(text) ? null : "no such zone";
    }

    static @Nullable String clusterName(String text) {
        return CLUSTER_NAME.matcher(text).matches() ? null : "not a cluster name";
    }

    /** What a request can carry behind {@code Authorization: Bearer}. */
    static @Nullable String token(String text) {
        return TOKEN.matcher(text).matches() ? null : "a request cannot carry it";
    }

    static @Nullable String host(String text) {
        return HOST.matcher(text).matches() ? null : "not an address";
    }

    static @Nullable String hostAndPort(String text) {
        var colon = text.lastIndexOf(':');
        var bracket = text.lastIndexOf(']');
        var hasPort = colon > bracket && (bracket >= 0 || text.indexOf(':') == colon);
        var host = hasPort ? text.substring(0, colon) : text;
        var bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (host(bare) != null) {
            return "not an address";
        }
        return !hasPort || isPort(text.substring(colon + 1)) ? null : "the port is not 1 to 65535";
    }

    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65_535;
    }

    /** An interval of at least a second, or the five fields of cron: minute, hour, day of month, month, day of week. */
    static @Nullable String schedule(String text) {
        try {
            var unused = Schedule.parse(text);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
