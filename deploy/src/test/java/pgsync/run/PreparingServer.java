package pgsync.run;

import java.util.Map;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;

/** A server that allows prepared transactions, which the shared ones do not. Ends with this JVM. */
final class PreparingServer {
    static final TestServer SHARED =
            TestServers.start(TestServers.DEFAULT_MAJOR, Map.of("max_prepared_transactions", "5"));

    private PreparingServer() {}
}
