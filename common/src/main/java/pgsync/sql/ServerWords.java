package pgsync.sql;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's own words, less the row values that some of its messages quote. */
final class ServerWords {
    /** Data exceptions whose quotes hold names: COPY's format errors name the column. */
    private static final Set<String> QUOTES_NAMES = Set.of("22P04");

    /** A character that an encoding lacks, bytes that are none: the quotes hold the encodings' names, and the bytes are the value's. */
    private static final Set<String> TELLS_BYTES = Set.of("22P05", "22021");

    private static final Pattern BYTES = Pattern.compile("0x[0-9a-f]{2}( 0x[0-9a-f]{2})*");

    /** As servers quote that speak German, French, Spanish, Swedish, Polish, Czech, Chinese, Japanese. */
    private static final Pattern QUOTE = Pattern.compile("[\"«»‹›„“”「」]");

    private ServerWords() {}

    static String reason(@Nullable String sqlState, String message) {
        return reason(sqlState, message, List.of());
    }

    /** {@code message (SQLSTATE code, table …)}. */
    static String reason(@Nullable String sqlState, String message, List<String> where) {
        var text = withoutValues(sqlState, message);
        if (sqlState == null) {
            return text;
        }
        return "%s (SQLSTATE %s%s)".formatted(text, sqlState, where.isEmpty() ? "" : ", " + String.join(", ", where));
    }

    /** In class 22 the value itself is quoted: {@code invalid input syntax for type integer: "secret"}. It may hold quotes, too. */
    static String withoutValues(@Nullable String sqlState, String message) {
        if (sqlState == null || !sqlState.startsWith("22") || QUOTES_NAMES.contains(sqlState)) {
            return message;
        }
        if (TELLS_BYTES.contains(sqlState)) {
            return BYTES.matcher(message).replaceAll("…");
        }
        var quotes = QUOTE.matcher(message).results().toList();
        return quotes.size() < 2
                ? message
                : message.substring(0, quotes.getFirst().start())
                        + "\"…\""
                        + message.substring(quotes.getLast().end());
    }
}
