package pgsync.event;

/** Who listens to a run. Called from many threads at once; must not block for long and must not throw. */
@FunctionalInterface
public interface RunEvents {
    void on(RunEvent event);
}
