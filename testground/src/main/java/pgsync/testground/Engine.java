package pgsync.testground;

import java.nio.file.Path;

/** What keeps one PostgreSQL running: a process of ours, or a container. */
interface Engine {
    int port();

    /** As a power cut seen from PostgreSQL: no checkpoint, connections reset. Does nothing when it is not running. */
    void stopImmediately();

    /** Ends what runs in an orderly way, then starts on the same data and port. Returns when connections are accepted. */
    void restart();

    Path dataDirectory();

    /** Everything the server has written to its log so far. */
    String log();

    /** Stops the server and deletes its data. */
    void close();
}
