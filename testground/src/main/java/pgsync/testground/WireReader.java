package pgsync.testground;

import pgsync.testground.FaultProxy.Direction;

/**
 * Reads along in both directions of a connection of PostgreSQL's protocol 3 far enough to know whether a COPY is in flight and how
 * many bytes of rows it has carried. Gives up on a connection that becomes encrypted. Two threads use it, one a direction.
 */
final class WireReader {
    private enum Copy {
        NONE,
        TO_SERVER,
        TO_CLIENT
    }

    private final Messages fromServer = new Messages(false);
    private final Messages fromClient = new Messages(true);
    private boolean readable = true;
    private Copy copy = Copy.NONE;
    private long rowsBytes;
    private boolean rowsSeen;

    /**
     * How many bytes of rows the COPY has carried whose rows these bytes continue, these included; 0 when they continue none. Its end
     * may lie in them too, but the other side has not seen it yet.
     */
    synchronized long read(Direction direction, byte[] bytes) {
        rowsSeen = false;
        if (readable) {
            (direction == Direction.TO_CLIENT ? fromServer : fromClient).read(bytes);
        }
        return rowsSeen ? rowsBytes : 0;
    }

    synchronized boolean isCopying() {
        return copy != Copy.NONE;
    }

    private void serverSays(int type) {
        switch (type) {
            case 'H' -> begin(Copy.TO_CLIENT);
            case 'G' -> begin(Copy.TO_SERVER);
            case 'c', 'C', 'E' -> copy = Copy.NONE;
            default -> {}
        }
    }

    private void begin(Copy begun) {
        copy = begun;
        rowsBytes = 0;
    }

    private void rows(boolean fromClient, int count) {
        if (copy == (fromClient ? Copy.TO_SERVER : Copy.TO_CLIENT)) {
            rowsBytes += count;
            rowsSeen = true;
        }
    }

    /** One direction, cut into messages: a type, a length that counts itself, a body. */
    private final class Messages {
        private static final int SSL_REQUEST = 80_877_103;
        private static final int GSS_REQUEST = 80_877_104;

        private final boolean client;
        private boolean starting = true;
        private int type;
        private int lengthBytes;
        private int length;
        private int left;
        private int code;

        Messages(boolean client) {
            this.client = client;
            // What a client says first has no type.
            this.lengthBytes = client ? 0 : -1;
        }

        void read(byte[] bytes) {
            for (var at = 0; at < bytes.length && readable; ) {
                if (lengthBytes < 0) {
                    header(bytes[at++] & 0xff);
                } else if (lengthBytes < 4) {
                    length = (length << 8) | (bytes[at++] & 0xff);
                    lengthBytes++;
                    if (lengthBytes == 4) {
                        left = length - 4;
                        code = 0;
                        endOfMessage();
                    }
                } else {
                    at += body(bytes, at);
                    endOfMessage();
                }
            }
        }

        private void header(int first) {
            if (!client && starting && (first == 'N' || first == 'S' || first == 'G')) {
                // The answer to a question for encryption is one letter.
                readable = first == 'N';
                return;
            }
            starting = false;
            type = first;
            lengthBytes = 0;
            if (!client) {
                serverSays(type);
            }
        }

        private int body(byte[] bytes, int at) {
            var taken = Math.min(left, bytes.length - at);
            if (client && starting) {
                for (var i = at; i < at + taken && length == 8; i++) {
                    code = (code << 8) | (bytes[i] & 0xff);
                }
            }
            if (type == 'd') {
                rows(client, taken);
            }
            left -= taken;
            return taken;
        }

        private void endOfMessage() {
            if (left > 0) {
                return;
            }
            length = 0;
            if (client && starting && (code == SSL_REQUEST || code == GSS_REQUEST)) {
                // Another message without a type follows.
                lengthBytes = 0;
                return;
            }
            if (client) {
                starting = false;
            }
            lengthBytes = -1;
        }
    }
}
