package pgsync.connect;

/** Which servers of several will do, in the words of libpq's {@code target_session_attrs}. */
public enum SessionKind {
    ANY("any"),
    READ_WRITE("read-write"),
    READ_ONLY("read-only"),
    PRIMARY("primary"),
    STANDBY("standby"),
    PREFER_STANDBY("prefer-standby");

    private final String word;

    SessionKind(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    boolean accepts(ServerRole role) {
        return switch (this) {
            case ANY -> true;
            case READ_WRITE -> !role.readOnly();
            case READ_ONLY -> role.readOnly();
            case PRIMARY -> !role.standby();
            case STANDBY, PREFER_STANDBY -> role.standby();
        };
    }
}
