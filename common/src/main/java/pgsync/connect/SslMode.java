package pgsync.connect;

/** How much TLS is asked for, in libpq's words. PostgreSQL manual, 32.19.1. */
public enum SslMode {
    DISABLE("disable"),
    ALLOW("allow"),
    PREFER("prefer"),
    REQUIRE("require"),
    VERIFY_CA("verify-ca"),
    VERIFY_FULL("verify-full");

    private final String word;

    SslMode(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
