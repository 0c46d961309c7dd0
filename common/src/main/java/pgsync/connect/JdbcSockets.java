package pgsync.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.Properties;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Sockets for pgjdbc, which makes this by name and looks host names up itself, and knows no Unix sockets: these go where the
 * dialling decided, to one address or one socket file. Public for pgjdbc only.
 */
public final class JdbcSockets extends SocketFactory {
    private static final String UNIX = "unix:";

    private final String where;

    public JdbcSockets(Properties properties) {
        this.where = properties.getProperty("socketFactoryArg", "");
    }

    /** What the constructor above reads. */
    static void describe(Way way, Properties properties) {
        properties.setProperty("socketFactory", JdbcSockets.class.getName());
        var address = way.address();
        properties.setProperty(
                "socketFactoryArg", address == null ? UNIX + way.host().socketFile() : address.getHostAddress());
    }

    @Override
    public Socket createSocket() throws IOException {
        return where.startsWith(UNIX)
                ? new UnixSocket(Path.of(where.substring(UNIX.length())))
                : new PinnedSocket(InetAddress.getByName(where));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return connected(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(host.getHostName(), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return connected(host.getHostName(), port);
    }

    private Socket connected(String host, int port) throws IOException {
        var socket = createSocket();
        try {
            socket.connect(InetSocketAddress.createUnresolved(host, port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Connects to its address whatever name it is asked for; only the port is taken. */
    private static final class PinnedSocket extends Socket {
        private final InetAddress address;

        PinnedSocket(InetAddress address) {
            this.address = address;
        }

        @Override
        public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
            super.connect(new InetSocketAddress(address, ((InetSocketAddress) endpoint).getPort()), timeoutMillis);
            noticeSilence();
        }

        /** Whoever waits for an answer of a server that went without a word would otherwise wait for hours. */
        private void noticeSilence() throws IOException {
            if (supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
                setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 15);
                setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 5);
                setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 3);
            }
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }
    }
}
