package pgsync.demo;

import pgsync.testground.TestServer;
import pgsync.testground.TestServers;

/** Source and target of the demo, each with an empty database {@link #DATABASE}. */
record TwoServers(TestServer source, TestServer target) implements AutoCloseable {
    static final String DATABASE = "shop";

    static TwoServers start() {
        var source = TestServers.start(TestServers.DEFAULT_MAJOR);
        try {
            var target = TestServers.start(TestServers.DEFAULT_MAJOR);
            source.createDatabase(DATABASE);
            target.createDatabase(DATABASE);
            return new TwoServers(source, target);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    long rowsOfSource() {
        // Exact: it is what the first run is measured against.
        return source.count(DATABASE, """
                select sum((xpath('/row/n/text()', query_to_xml(format('select count(*) as n from only %I', relname), false, true, '')))[1]::text::bigint)
                  from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
                """);
    }

    /** Waits for both to stop, also in a thread that was asked to: a server killed half-way leaves files behind. */
    @Override
    public void close() {
        var interrupted = Thread.interrupted();
        try {
            target.close();
        } finally {
            source.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
