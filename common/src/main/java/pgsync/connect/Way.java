package pgsync.connect;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * One way to one server: what a driver is given for one attempt.
 *
 * @param address null for a Unix socket
 */
record Way(Endpoint.Host host, @Nullable InetAddress address, boolean encrypted) {}
