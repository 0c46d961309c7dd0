package pgsync.config;

import pgsync.sql.Quoted;

/** How a value of unknown length and content stands in an error: on one line, cut, without control characters. */
final class Shown {
    private static final int MOST = 80;

    private Shown() {}

    static String value(String given) {
        var text = Secret.maskIn(given);
        var cut = text.codePointCount(0, text.length()) > MOST
                ? text.substring(0, text.offsetByCodePoints(0, MOST)) + "…"
                : text;
        return cut.isEmpty() ? "empty" : Quoted.printable(cut);
    }
}
