package pgsync.config;

import java.util.regex.Pattern;

/** A value that never reaches a log: only {@link #reveal} gives it, and only the connection code calls that. */
public final class Secret {
    private static final Pattern USER_OF_A_URI = Pattern.compile(":/{1,2}\\S*@");
    private static final Pattern NAMED =
            Pattern.compile("(?i)\\b(password|sslpassword|token|secret)\\s*=\\s*('[^']*'?|[^\\s&]+)");

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    public String reveal() {
        return value;
    }

    /**
     * Text of unknown origin without what looks like a secret: everything before the @ of a URI, also of one that was
     * taken for the name of a file and lost a slash, and the value of a key such as
     * password. A net under places that should hold no secret, not a way to print one.
     */
    public static String maskIn(String text) {
        var withoutUsers = USER_OF_A_URI.matcher(text).replaceAll("://***@");
        return NAMED.matcher(withoutUsers).replaceAll("$1=***");
    }

    @Override
    public String toString() {
        return "***";
    }
}
