package pgsync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import pgsync.cluster.Role;
import pgsync.task.NodeId;

/** Server-sent events through real HTTP and PostgreSQL. */
class EventsTest {
    private static final int BURSTS = 6;
    private static final int LINES = 1_000;
    private static final int BYTES = 8_000;
    private static final long TOLD = (long) BURSTS * LINES * BYTES;

    @Test
    void members_runs_and_tables_are_told_as_they_change() {
        try (var ground = HttpGround.open()) {
            var run = ground.run("running");
            try (var events = ground.listen()) {
                assertThat(events.status()).isEqualTo(200);
                assertThat(events.type()).isEqualTo("text/event-stream");
                assertThat(events.next().event()).isEqualTo("reset");
                assertThat(events.next("member", member -> member.get("present").asBoolean())
                                .data()
                                .get("leads")
                                .asBoolean())
                        .isTrue();
                events.next("run", told -> told.get("id").asText().equals(run.toString()));

                var other = new NodeId(UUID.randomUUID());
                ground.node.members.add(FakeNode.member(other, "other", Role.WORKER));
                events.next("member", member -> member.get("name").asText().equals("other"));
                ground.node.members.removeLast();
                events.next("member", member -> !member.get("present").asBoolean());
                ground.logLine(run, "orders", "done", "null");
                var table =
                        events.next("table", told -> told.get("status").asText().equals("done"));
                ground.sql("update pgsync.run set state = 'done', finished_at = clock_timestamp() where id = '" + run
                        + "'");
                events.next("run", told -> told.get("state").asText().equals("done"));

                assertThat(table.data().at("/table/table").asText()).isEqualTo("orders");
                assertThat(table.data().get("runId").asText()).isEqualTo(run.toString());
                assertThat(table.data().get("rowsUpserted").asLong()).isEqualTo(10);
            }
        }
    }

    @Test
    void who_comes_back_with_the_last_event_hears_what_was_missed() {
        try (var ground = HttpGround.open();
                var stays = ground.listen()) {
            var run = ground.run("done");
            stays.next("run", told -> true);
            String known;
            try (var leaves = ground.listen()) {
                leaves.next("run", told -> true);
                known = leaves.lastId();
            }
            ground.logLine(run, "missed", "done", "null");
            stays.next("table", told -> true);

            try (var back = ground.listen("Last-Event-ID", known)) {
                var first = back.next();
                assertThat(first.event()).isIn("table", "run");
                assertThat(first.event().equals("table") ? first : back.next("table", told -> true))
                        .satisfies(heard -> assertThat(
                                        heard.data().at("/table/table").asText())
                                .isEqualTo("missed"));
            }
        }
    }

    @Test
    void who_does_not_read_is_dropped_and_the_others_go_on() throws IOException {
        try (var ground = HttpGround.open();
                var socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress("127.0.0.1", ground.port()));
            socket.getOutputStream()
                    .write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            var run = ground.run("running");
            try (var reads = ground.listen()) {
                reads.next("run", told -> true);
                for (var burst = 0; burst < BURSTS; burst++) {
                    ground.sql("""
                        insert into pgsync.sync_log (run_id, schema_name, table_name, mode, start_time, end_time, status, error)
                        select '%s', 'public', 'b%d_' || i, 'copy', clock_timestamp(), clock_timestamp(), 'failed', repeat('x', %d)
                          from generate_series(1, %d) as i
                        """.formatted(run, burst, BYTES, LINES));
                    var last = "b" + burst + "_" + LINES;
                    reads.next("table", told -> told.at("/table/table").asText().equals(last), 2 * LINES);
                }
            }
            HttpGround.await("the server has closed the connection", () -> isClosed(socket));
        }
    }

    /** Reads what had been sent before, which is less than what was told; true at the end of it. */
    private static boolean isClosed(Socket socket) {
        try {
            socket.setSoTimeout(1_000);
            var in = socket.getInputStream();
            var buffer = new byte[1 << 16];
            var read = 0L;
            while (read < TOLD / 2) {
                var more = in.read(buffer);
                if (more < 0) {
                    return true;
                }
                read += more;
            }
            throw new AssertionError("more was kept for one client than any limit allows");
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // reset
        }
    }
}
