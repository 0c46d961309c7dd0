package pgsync.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * One answer that does not end. Safe from any thread: all it does happens on the connection's event loop. Who does not read what was
 * sent is dropped at the next thing to tell, so what waits for one client stays below the limit and one message.
 */
final class EventStream implements Feed.Client {
    private static final int MAX_UNREAD_BYTES = 1 << 20;

    private final HttpServerResponse response;
    private final Context loop;
    private volatile boolean gone;
    /** Counted here: writeQueueFull() of an answer of HTTP/1.1 stays false whatever waits (Vert.x 5.0.12). Owned by the event loop. */
    private long unreadBytes;

    EventStream(HttpServerResponse response, Context loop) {
        this.response = response;
        this.loop = loop;
        response.closeHandler(closed -> gone = true);
        response.exceptionHandler(broken -> gone = true);
    }

    @Override
    public void send(String text) {
        loop.runOnContext(here -> {
            if (gone) {
                return;
            }
            if (!response.headWritten()) {
                begin();
            }
            if (unreadBytes > MAX_UNREAD_BYTES) {
                gone = true;
                response.reset();
                return;
            }
            var message = Buffer.buffer(text);
            unreadBytes += message.length();
            response.write(message).onComplete(written -> unreadBytes -= message.length());
        });
    }

    private void begin() {
        response.setChunked(true);
        response.putHeader("Content-Type", "text/event-stream");
        // A proxy that collects answers would keep every event to itself.
        response.putHeader("X-Accel-Buffering", "no");
    }

    @Override
    public boolean gone() {
        return gone;
    }

    @Override
    public void end() {
        loop.runOnContext(here -> {
            if (!gone) {
                gone = true;
                if (!response.headWritten()) {
                    begin();
                }
                response.end();
            }
        });
    }
}
