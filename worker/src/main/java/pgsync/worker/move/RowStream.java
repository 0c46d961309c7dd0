package pgsync.worker.move;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.JdbcStep;

/**
 * Rows of one {@code COPY … TO STDOUT}, each as its raw bytes without header and trailer. The protocol sends one row a message
 * (manual, 54.2.6 "COPY Operations"), so nothing has to be parsed to find where a row ends. Owned by one thread.
 */
public final class RowStream implements AutoCloseable {
    /** Signature, flags and an empty extension area: the binary format's header as every server since 7.4 writes it. */
    static final int HEADER_LENGTH = 19;

    private static final int TRAILER_LENGTH = 2;

    private final String step;
    private final RowFormat format;
    private final Connection connection;
    private final CopyOut copy;
    private boolean headerSeen;
    private byte @Nullable [] ahead;
    private boolean ended;

    private RowStream(String step, RowFormat format, Connection connection, CopyOut copy) {
        this.step = step;
        this.connection = connection;
        this.format = format;
        this.copy = copy;
    }

    /** {@code query} is a SELECT without semicolon. Waits until the server answers, not until it has rows. */
    public static RowStream open(String step, Connection source, String query, RowFormat format) {
        var sql = "copy (" + query + ") to stdout" + format.option();
        var copy = JdbcStep.call(
                step, () -> source.unwrap(PGConnection.class).getCopyAPI().copyOut(sql));
        return new RowStream(step, format, source, copy);
    }

    /** The next row, or null after the last one. */
    public byte @Nullable [] next() {
        if (ahead != null) {
            var row = ahead;
            ahead = null;
            return row;
        }
        return ended ? null : read();
    }

    /** True when {@link #next} would give a row; waits for it. */
    public boolean hasNext() {
        if (ahead == null && !ended) {
            ahead = read();
        }
        return ahead != null;
    }

    /** The row that {@link #next} will give, or null after the last one. */
    public byte @Nullable [] peek() {
        return hasNext() ? ahead : null;
    }

    private byte @Nullable [] read() {
        byte @Nullable [] message;
        try {
            message = JdbcStep.call(step, () -> copy.readFromCopy(true));
            if (message != null && format == RowFormat.BINARY) {
                message = withoutFrame(message);
            }
        } catch (OutOfMemoryError e) {
            throw tooLarge(e);
        }
        if (message == null) {
            ended = true;
        }
        return message;
    }

    /** The driver makes room for a row before it reads it, so the connection now stands in the middle of one and is good for nothing. */
    private StepFailed tooLarge(OutOfMemoryError e) {
        ended = true;
        try {
            connection.abort(Runnable::run);
        } catch (SQLException gone) {
            e.addSuppressed(gone);
        }
        return new StepFailed(
                Trouble.HEAP_TOO_SMALL,
                step,
                "a row does not fit into the heap of %,d MB"
                        .formatted(Runtime.getRuntime().maxMemory() >> 20),
                e);
    }

    private byte @Nullable [] withoutFrame(byte[] message) {
        var from = headerSeen ? 0 : HEADER_LENGTH;
        headerSeen = true;
        var length = message.length - from;
        if (length == TRAILER_LENGTH && message[from] == -1 && message[from + 1] == -1) {
            drain();
            return null;
        }
        return from == 0 ? message : Arrays.copyOfRange(message, from, message.length);
    }

    /** After the trailer the server still says that it is done; without reading that the connection stays in COPY mode. */
    private void drain() {
        JdbcStep.call(step, () -> {
            while (copy.readFromCopy(true) != null) {}
            return null;
        });
    }

    /** As much of a row as {@link #sameFirstColumn} needs of it. */
    public static byte[] firstColumn(RowFormat format, byte[] row) {
        return Arrays.copyOf(
                row,
                switch (format) {
                    case TEXT, TEXT_AS_STORED -> endOfFirstText(row);
                    case BINARY -> row[2] == -1 ? 6 : endOfFirstBinary(row);
                });
    }

    private static int endOfFirstText(byte[] row) {
        var end = 0;
        while (row[end] != '\t' && row[end] != '\n') {
            end++;
        }
        return end + 1;
    }

    private static int endOfFirstBinary(byte[] row) {
        return 6 + (((row[2] & 255) << 24) | ((row[3] & 255) << 16) | ((row[4] & 255) << 8) | (row[5] & 255));
    }

    /** Two rows of one stream have the same bytes in their first column; never true for NULL, which equals nothing. */
    public static boolean sameFirstColumn(RowFormat format, byte[] one, byte[] other) {
        return switch (format) {
            case TEXT, TEXT_AS_STORED -> sameFirstTextColumn(one, other);
            case BINARY -> sameFirstBinaryColumn(one, other);
        };
    }

    private static boolean sameFirstTextColumn(byte[] one, byte[] other) {
        if (one[0] == '\\' && one[1] == 'N') {
            return false;
        }
        for (var i = 0; i < Math.min(one.length, other.length); i++) {
            if (one[i] != other[i]) {
                return false;
            }
            if (one[i] == '\t' || one[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    /** Two bytes of field count, four of length (-1 for NULL), then the value. */
    private static boolean sameFirstBinaryColumn(byte[] one, byte[] other) {
        if (one[2] == -1) {
            return false;
        }
        var end = endOfFirstBinary(one);
        return end <= other.length && Arrays.equals(one, 2, end, other, 2, end);
    }

    /** Ends the COPY early when rows are left. */
    @Override
    public void close() {
        if (!copy.isActive()) {
            return;
        }
        try {
            copy.cancelCopy();
        } catch (SQLException e) {
            // The connection is given up by whoever sees the failure that brought us here; nothing is lost by not
            // stopping it.
            ended = true;
        }
    }
}
