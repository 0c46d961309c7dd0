package pgsync.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A {@link Socket} face for a Unix domain socket: what pgjdbc needs of one. One thread reads and one writes, as with any socket;
 * closing from a third wakes both.
 */
final class UnixSocket extends Socket {
    private final Path file;
    private final SocketChannel channel;
    private volatile int readTimeoutMillis;
    private volatile boolean inputEnded;

    UnixSocket(Path file) throws IOException {
        this.file = file;
        this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
        try {
            channel.connect(UnixDomainSocketAddress.of(file)); // local: succeeds or is refused at once
        } catch (IOException e) {
            throw new java.net.ConnectException("socket " + file + ": " + e.getMessage());
        }
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        connect(endpoint, 0);
    }

    @Override
    public boolean isConnected() {
        return channel.isConnected();
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }

    @Override
    public void shutdownInput() throws IOException {
        channel.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void setSoTimeout(int timeoutMillis) {
        readTimeoutMillis = timeoutMillis;
    }

    @Override
    public int getSoTimeout() {
        return readTimeoutMillis;
    }

    // Of TCP only; pgjdbc sets them without asking.
    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public void setReceiveBufferSize(int size) {}

    @Override
    public void setSendBufferSize(int size) {}

    @Override
    public int getReceiveBufferSize() {
        return 65_536;
    }

    @Override
    public int getSendBufferSize() {
        return 65_536;
    }

    @Override
    public InputStream getInputStream() {
        return new In();
    }

    @Override
    public OutputStream getOutputStream() {
        return new Out();
    }

    private int read(ByteBuffer into) throws IOException {
        int timeout = readTimeoutMillis;
        if (timeout > 0) {
            waitForBytes(timeout);
        }
        int n = inputEnded ? -1 : channel.read(into);
        inputEnded = n < 0;
        return n;
    }

    /** A blocking channel has no timeout, so it turns non-blocking for the wait. pgjdbc asks for that rarely, to peek. */
    private void waitForBytes(int timeoutMillis) throws IOException {
        channel.configureBlocking(false);
        try (var selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            if (selector.select(timeoutMillis) == 0) {
                throw new SocketTimeoutException("nothing to read for " + timeoutMillis + " ms");
            }
        } finally { // the selector is closed by now, and with it the registration that forbids blocking
            if (channel.isOpen()) {
                channel.configureBlocking(true);
            }
        }
    }

    private final class In extends InputStream {
        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return length == 0 ? 0 : UnixSocket.this.read(ByteBuffer.wrap(bytes, offset, length));
        }

        @Override
        public void close() throws IOException {
            UnixSocket.this.close();
        }
    }

    private final class Out extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            var buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        @Override
        public void close() throws IOException {
            UnixSocket.this.close();
        }
    }
}
