package pgsync.sql;

import java.util.Collection;
import java.util.stream.Collectors;

/** The only place that puts names and literals into SQL text. Rules: PostgreSQL manual, 4.1.1 and 4.1.2. */
public final class Quoted {
    private Quoted() {}

    /** {@code a"b} becomes {@code "a""b"}. */
    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Comma-separated quoted names, in the given order. */
    public static String identifiers(Collection<String> names) {
        return names.stream().map(Quoted::identifier).collect(Collectors.joining(", "));
    }

    /** A string literal that reads the same whatever {@code standard_conforming_strings} says. */
    public static String literal(String value) {
        var doubled = value.replace("'", "''");
        return doubled.indexOf('\\') < 0 ? "'" + doubled + "'" : " E'" + doubled.replace("\\", "\\\\") + "'";
    }

    /** A literal of bytes, given as hexadecimal digits, in a database that knows no encoding; any other may refuse them. */
    public static String literalOfBytes(String hex) {
        return " E'" + hex.replaceAll("..", "\\\\x$0") + "'";
    }

    /** The same text with control, format and unpaired characters as their hexadecimal code, so that it stays on one line and reads as it is stored. */
    public static String printable(String text) {
        var plain = text.codePoints().allMatch(Quoted::isPrintable);
        if (plain) {
            return text;
        }
        var out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isPrintable(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(code(c));
            }
        });
        return out.toString();
    }

    static String code(int codePoint) {
        return codePoint > 0xFFFF ? "\\" + "U%08X".formatted(codePoint) : "\\" + "u%04X".formatted(codePoint);
    }

    static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
