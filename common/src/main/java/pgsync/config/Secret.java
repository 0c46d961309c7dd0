package pgsync.config;

/** A value that never reaches a log: only {@link #reveal} gives it, and only the connection code calls that. */
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
