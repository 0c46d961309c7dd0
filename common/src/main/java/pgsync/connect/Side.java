package pgsync.connect;

/** Which of the two databases. */
public enum Side {
    SOURCE("source"),
    TARGET("target");

    private final String label;

    Side(String label) {
        this.label = label;
    }

    /** As people read it in messages. */
    public String label() {
        return label;
    }
}
