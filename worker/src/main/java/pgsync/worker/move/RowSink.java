package pgsync.worker.move;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import pgsync.sql.JdbcStep;

/** Where rows of a {@link RowStream} go: one {@code COPY … FROM STDIN}. Holds at most one buffer and one row. Owned by one thread. */
public final class RowSink implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final byte[] TRAILER = {-1, -1};

    private final String step;
    private final RowFormat format;
    private final CopyIn copy;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private long rows;
    private long bytes;

    private RowSink(String step, RowFormat format, CopyIn copy) {
        this.step = step;
        this.format = format;
        this.copy = copy;
        if (format == RowFormat.BINARY) {
            append(HEADER);
        }
    }

    /** {@code into} is a quoted table with its column list in parentheses. */
    public static RowSink open(String step, Connection target, String into, RowFormat format) {
        var sql = "copy " + into + " from stdin" + format.option();
        var copy = JdbcStep.call(
                step, () -> target.unwrap(PGConnection.class).getCopyAPI().copyIn(sql));
        return new RowSink(step, format, copy);
    }

    public void write(byte[] row) {
        append(row);
        rows++;
        bytes += row.length;
    }

    private void append(byte[] piece) {
        if (filled + piece.length > BUFFER) {
            flush();
        }
        if (piece.length > BUFFER) {
            send(piece, piece.length);
        } else {
            System.arraycopy(piece, 0, buffer, filled, piece.length);
            filled += piece.length;
        }
    }

    private void flush() {
        send(buffer, filled);
        filled = 0;
    }

    private void send(byte[] from, int length) {
        if (length > 0) {
            JdbcStep.call(step, () -> {
                copy.writeToCopy(from, 0, length);
                return null;
            });
        }
    }

    /** Sends what is left and waits until PostgreSQL has taken every row. */
    public void finish() {
        if (format == RowFormat.BINARY) {
            append(TRAILER);
        }
        flush();
        JdbcStep.call(step, copy::endCopy);
    }

    public long rows() {
        return rows;
    }

    public long bytes() {
        return bytes;
    }

    /** Gives the COPY up when it was not finished; the transaction is broken then. */
    @Override
    public void close() {
        if (!copy.isActive()) {
            return;
        }
        try {
            copy.cancelCopy();
        } catch (SQLException e) {
            // Cancelling always makes the server answer with an error: that is what we asked for.
            filled = 0;
        }
    }
}
