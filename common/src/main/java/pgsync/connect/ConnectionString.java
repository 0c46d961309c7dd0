package pgsync.connect;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pgsync.config.InvalidConfig;

/**
 * Splits a URI or keyword string into parameters by libpq's grammar (PostgreSQL manual, 32.1.1). Errors name positions and
 * parameters, never a piece of the text: in a malformed string any piece may be part of the password.
 */
final class ConnectionString {
    private static final Pattern PARAMETER_NAME = Pattern.compile("[a-z_]{1,40}");

    private final String text;

    private ConnectionString(String text) {
        this.text = text;
    }

    /** Parameters in the order written, later ones win. Several hosts stay comma lists in {@code host} and {@code port}. */
    static Map<String, String> parse(String text) {
        var trimmed = text.strip();
        var lower = trimmed.toLowerCase(Locale.ROOT);
        if (lower.startsWith("jdbc:")) {
            throw new InvalidConfig(
                    "connection string: a JDBC URL; write postgres://user:password@host:5432/database instead, without jdbc:");
        }
        if (trimmed.startsWith("postgres://")) {
            return new ConnectionString(trimmed.substring("postgres://".length())).uri();
        }
        if (trimmed.startsWith("postgresql://")) {
            return new ConnectionString(trimmed.substring("postgresql://".length())).uri();
        }
        if (trimmed.isEmpty()) {
            return Map.of();
        }
        if (Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:").matcher(trimmed).find()) {
            throw new InvalidConfig(
                    "connection string: unknown scheme; allowed: postgres://… or postgresql://…, or host=… dbname=…");
        }
        return new ConnectionString(trimmed).keywords();
    }

    private Map<String, String> uri() {
        var parameters = new LinkedHashMap<String, String>();
        int authorityEnd = firstOf(text, "/?", 0);
        var authority = text.substring(0, authorityEnd);
        int at = authority.indexOf('@');
        // Only one @ may stand unencoded. Otherwise a password with an unencoded @, / or ? would be read as host, port,
        // database
        // or parameter name, and go from there into messages.
        if (text.indexOf('@', at < 0 ? 0 : at + 1) >= 0) {
            throw new InvalidConfig(
                    "connection string: an @, / or ? inside user, password, database or a parameter must be written"
                            + " %40, %2F or %3F");
        }
        if (at >= 0) {
            var userInfo = authority.substring(0, at);
            int colon = userInfo.indexOf(':');
            put(parameters, "user", decode(colon < 0 ? userInfo : userInfo.substring(0, colon), "user"));
            if (colon >= 0) {
                put(parameters, "password", decode(userInfo.substring(colon + 1), "password"));
            }
        }
        hosts(authority.substring(at + 1), parameters);
        int queryStart = text.indexOf('?', authorityEnd);
        var path = text.substring(authorityEnd, queryStart < 0 ? text.length() : queryStart);
        if (path.length() > 1) {
            if (path.indexOf('/', 1) >= 0) {
                throw new InvalidConfig("connection string: a / inside the database name must be written %2F");
            }
            put(parameters, "dbname", decode(path.substring(1), "database"));
        }
        if (queryStart >= 0) {
            query(text.substring(queryStart + 1), parameters);
        }
        return parameters;
    }

    private static void hosts(String text, Map<String, String> parameters) {
        var hosts = new StringBuilder();
        var ports = new StringBuilder();
        int i = 0;
        while (true) {
            int end;
            if (i < text.length() && text.charAt(i) == '[') {
                int close = text.indexOf(']', i);
                if (close < 0) {
                    throw new InvalidConfig("connection string: an IPv6 address is not closed with ]");
                }
                hosts.append(text, i + 1, close);
                end = close + 1;
                if (end < text.length() && text.charAt(end) != ':' && text.charAt(end) != ',') {
                    throw new InvalidConfig(
                            "connection string: after ] of an IPv6 address comes :port, a comma, / or the end");
                }
            } else {
                end = firstOf(text, ":,", i);
                hosts.append(decode(text.substring(i, end), "host"));
            }
            if (end < text.length() && text.charAt(end) == ':') {
                int portEnd = firstOf(text, ",", end + 1);
                ports.append(decode(text.substring(end + 1, portEnd), "port"));
                end = portEnd;
            }
            if (end >= text.length()) {
                break;
            }
            hosts.append(',');
            ports.append(',');
            i = end + 1;
        }
        put(parameters, "host", hosts.toString());
        put(parameters, "port", ports.toString().replace(",", "").isEmpty() ? "" : ports.toString());
    }

    private static void query(String query, Map<String, String> parameters) {
        if (query.isEmpty()) {
            return;
        }
        for (var pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0 || pair.indexOf('=', equals + 1) >= 0) {
                throw new InvalidConfig(
                        "connection string: each parameter after ? is name=value, separated by &; = in a value is %3D");
            }
            var name = decode(pair.substring(0, equals), "parameter name");
            if (!PARAMETER_NAME.matcher(name).matches()) {
                throw new InvalidConfig(
                        "connection string: a parameter name after ? has characters other than a-z and _");
            }
            var value = decode(pair.substring(equals + 1), name);
            if (name.equals("ssl")) { // libpq takes the JDBC spelling, too
                if (!value.equals("true")) {
                    throw new InvalidConfig(
                            "connection string: parameter \"ssl\" takes true only; better write sslmode=…");
                }
                parameters.put("sslmode", "require");
            } else {
                parameters.put(name, value);
            }
        }
    }

    private Map<String, String> keywords() {
        var parameters = new LinkedHashMap<String, String>();
        int i = 0;
        boolean afterBarePassword = false;
        while (true) {
            i = skipSpace(i);
            if (i >= text.length()) {
                return parameters;
            }
            int nameStart = i;
            while (i < text.length() && text.charAt(i) != '=' && !Character.isWhitespace(text.charAt(i))) {
                i++;
            }
            var name = text.substring(nameStart, i);
            i = skipSpace(i);
            if (i >= text.length()
                    || text.charAt(i) != '='
                    || !PARAMETER_NAME.matcher(name).matches()) {
                throw new InvalidConfig(
                        "connection string: at character %d a name=value is expected; a value with spaces stands in single quotes"
                                .formatted(nameStart + 1));
            }
            if (afterBarePassword && !Parameters.isKnown(name)) {
                throw new InvalidConfig(
                        "connection string: after password=… comes an unknown parameter; a password with spaces stands in single quotes");
            }
            i = skipSpace(i + 1);
            var value = new StringBuilder();
            boolean quoted = i < text.length() && text.charAt(i) == '\'';
            i = quoted ? quotedValue(i + 1, value) : bareValue(i, value);
            afterBarePassword = !quoted && name.equals("password");
            parameters.put(name, value.toString());
        }
    }

    private int skipSpace(int from) {
        int i = from;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private int bareValue(int from, StringBuilder value) {
        int i = from;
        while (i < text.length() && !Character.isWhitespace(text.charAt(i))) {
            if (text.charAt(i) == '\\' && i + 1 < text.length()) {
                i++;
            }
            value.append(text.charAt(i));
            i++;
        }
        return i;
    }

    /**
     * A quote inside is written {@code \'}; doubled as in SQL is accepted, too. libpq would end the value at the first of two
     * quotes and stumble over the second, so no string that libpq takes reads differently here.
     */
    private int quotedValue(int from, StringBuilder value) {
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\'') {
                if (i + 1 >= text.length() || text.charAt(i + 1) != '\'') {
                    return i + 1;
                }
                i++;
            } else if (c == '\\' && i + 1 < text.length()) {
                i++;
            }
            value.append(text.charAt(i));
            i++;
        }
        throw new InvalidConfig(
                "connection string: a quoted value that starts at character %d is not closed".formatted(from));
    }

    private static void put(Map<String, String> parameters, String name, String value) {
        if (!value.isEmpty()) {
            parameters.put(name, value);
        }
    }

    private static int firstOf(String text, String stops, int from) {
        int i = from;
        while (i < text.length() && stops.indexOf(text.charAt(i)) < 0) {
            i++;
        }
        return i;
    }

    /** Percent decoding of UTF-8; a plus sign stays one. */
    private static String decode(String encoded, String what) {
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        var bytes = encoded.getBytes(StandardCharsets.UTF_8);
        var out = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                out.put(bytes[i]);
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new InvalidConfig(
                        "connection string: in the %s a %% is not followed by two hexadecimal digits; a %% itself is %%25"
                                .formatted(what));
            }
            if (high == 0 && low == 0) {
                throw new InvalidConfig("connection string: %%00 is not allowed in the %s".formatted(what));
            }
            out.put((byte) (high * 16 + low));
            i += 2;
        }
        @Nullable String decoded = utf8(out.flip());
        if (decoded == null) {
            throw new InvalidConfig("connection string: the percent codes in the %s are not UTF-8".formatted(what));
        }
        return decoded;
    }

    private static @Nullable String utf8(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) { // its bytes may be a password's, so no cause
            return null;
        }
    }
}
