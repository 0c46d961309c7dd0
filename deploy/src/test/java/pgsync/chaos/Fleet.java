package pgsync.chaos;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import pgsync.process.Product;

/** Processes of the product that keep the target in step, as an operator and systemd would run them. Owned by one thread. */
interface Fleet extends AutoCloseable {
    /** All places for a process, whether one runs there now or not; always the same ones in the same order. */
    List<Place> places();

    /** Starts again what has ended by itself, as {@code Restart=always} does; says what did. */
    List<String> supervise();

    /** Ends what runs. */
    @Override
    void close();

    /** Where one process at a time runs. */
    interface Place {
        String name();

        /** A new process in the place of one that is gone. */
        void start();

        /** {@code kill -9}. From now on nothing runs here, until {@link #start}. */
        void kill();

        Optional<Product.Running> running();

        /** What the process that runs here calls itself in the target; empty before it has said so. */
        Optional<UUID> id();
    }
}
