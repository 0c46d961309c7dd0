package pgsync.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pgsync.remote.FakeRun.ended;
import static pgsync.remote.FakeRun.failed;
import static pgsync.remote.FakeRun.planning;
import static pgsync.remote.FakeRun.running;
import static pgsync.remote.FakeRun.table;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pgsync.config.InvalidConfig;
import pgsync.config.Setting;
import pgsync.config.SettingsReader;
import pgsync.error.ClusterUnreachable;
import pgsync.error.FailedElsewhere;
import pgsync.error.RunHeld;
import pgsync.error.Stopped;
import pgsync.event.RunEvent;
import pgsync.remote.FakeNode.Reply;
import pgsync.status.RunNote;
import pgsync.status.TableOfRun;
import pgsync.table.LeftOut;
import pgsync.task.RunReport;
import pgsync.task.TableName;
import pgsync.task.TableReport;
import pgsync.time.Pause;

class RemoteEngineTest {
    private final FakeRun run = new FakeRun();
    private final FakeNode node = new FakeNode().replies(run);
    private final List<RunEvent> events = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private Pause pause = pauses::add;

    @AfterEach
    void close() {
        node.close();
        var unused = Thread.interrupted();
    }

    private RunReport sync(String... flags) {
        return sync(node.url(), Map.of(), flags);
    }

    private RunReport sync(String urls, Map<String, String> environment, String... flags) {
        var given = new EnumMap<Setting, String>(Setting.class);
        for (var flag : flags) {
            var parted = flag.split("=", 2);
            for (var setting : Setting.values()) {
                if (setting.flag().equals(parted[0])) {
                    given.put(setting, parted.length == 1 ? "true" : parted[1]);
                }
            }
        }
        var settings = new SettingsReader(environment).read(given).settings();
        return new RemoteEngine(NodeUrls.parse(urls), false, pause).sync(settings, events::add);
    }

    @Test
    void a_run_is_asked_for_with_what_the_settings_say_of_it() throws IOException {
        run.then(ended("done", 0));

        sync(
                node.url(),
                Map.of("PGSYNC_HTTP_TOKEN", "geheim", "PGSYNC_SOURCE", "postgres://x", "PGSYNC_BATCH_SIZE", "7"),
                "include=users,order_*",
                "exclude=*_log",
                "reconcile",
                "dry-run");

        var asked = node.asked().getFirst();
        assertThat(asked.line()).isEqualTo("POST /api/v1/runs");
        assertThat(asked.authorization()).isEqualTo("Bearer geheim");
        assertThat(new ObjectMapper().readTree(asked.body())).isEqualTo(new ObjectMapper().readTree("""
                                        {"include": ["users", "order_*"], "exclude": ["*_log"], "mode": "reconcile", "dryRun": true}
                                        """));
    }

    @Test
    void what_the_run_does_is_told_as_it_would_tell_it_itself() {
        var orders = table("orders", "done", 5);
        run.then(planning())
                .then(running(2, 0), table("orders", "waiting", 0), table("users", "waiting", 0))
                .then(running(2, 5), orders, table("users", "running", 3))
                .then(running(2, 7), orders, table("users", "running", 5))
                .then(ended("done", 2), orders, table("users", "done", 8));

        var report = sync();

        var ordersReport = report.tables().getFirst();
        var usersReport = report.tables().getLast();
        assertThat(events)
                .containsExactly(
                        new RunEvent.Planned(FakeRun.ID, 2, 2, 100),
                        new RunEvent.TableEnded(ordersReport),
                        new RunEvent.TableStarted(usersReport.table(), "incremental"),
                        new RunEvent.Progress(usersReport.table(), 4, 1000),
                        new RunEvent.Progress(usersReport.table(), 2, 0),
                        new RunEvent.TableEnded(usersReport),
                        new RunEvent.Ended(report));
        assertThat(report.run()).isEqualTo(FakeRun.ID);
        assertThat(report.took()).isEqualTo(Duration.ofMillis(2500));
        assertThat(usersReport.status()).isEqualTo(TableReport.Status.DONE);
        assertThat(usersReport.rowsUpserted()).isEqualTo(8);
        assertThat(usersReport.rowsDeleted()).isEqualTo(2);
        assertThat(usersReport.rowsUnchanged()).isEqualTo(1);
        assertThat(usersReport.bytes()).isEqualTo(1000);
        assertThat(usersReport.watermarkTo()).isEqualTo("2026-11-23T15:30:35.123456Z");
        assertThat(usersReport.took()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void what_was_noted_is_told_once_and_as_it_comes() {
        var orders = new TableName("public", "orders");
        var view = new RunNote(new TableName("public", "v"), "view", "no rows of its own", null);
        var first = new RunNote(null, RunNote.WARNING, "the horizon is unknown", "grant");
        var second = new RunNote(orders, RunNote.WARNING, "3 rows break a key", "reconcile");
        run.then(FakeRun.running(0, List.of(view, first)))
                .then(FakeRun.running(0, List.of(view, first)))
                .then(FakeRun.done(0, List.of(view, first, second)));

        sync();

        assertThat(events)
                .filteredOn(e -> e instanceof RunEvent.Warning || e instanceof RunEvent.LeftOutOfRun)
                .containsExactlyInAnyOrder(
                        new RunEvent.LeftOutOfRun(List.of(
                                new LeftOut(new TableName("public", "v"), LeftOut.Kind.VIEW, "no rows of its own"))),
                        new RunEvent.Warning(null, "the horizon is unknown", "grant"),
                        new RunEvent.Warning(orders, "3 rows break a key", "reconcile"));
    }

    @Test
    void every_status_of_a_table_comes_with_its_reason() {
        run.then(
                ended("failed", 5),
                table("a", "failed", 0),
                table("b", "guard", 0),
                table("c", "skipped", 0),
                table("d", "cancelled", 0),
                table("e", "done", 0));

        var report = sync();

        assertThat(report.tables())
                .extracting(TableReport::status)
                .containsExactly(
                        TableReport.Status.FAILED,
                        TableReport.Status.GUARD,
                        TableReport.Status.SKIPPED,
                        TableReport.Status.CANCELLED,
                        TableReport.Status.DONE);
        assertThat(report.tables().getFirst().error()).isEqualTo("it broke");
        assertThat(report.tables().getFirst().remedy()).isEqualTo("mend it");
    }

    @Test
    void the_tables_of_a_large_run_come_in_pages() {
        run.pagesOf(40).then(ended("done", 100), FakeRun.tables(100, "done").toArray(TableOfRun[]::new));

        assertThat(sync().tables()).hasSize(100);
        assertThat(node.lines()).filteredOn(l -> l.contains("/tables")).hasSize(3);
    }

    @Test
    void tables_are_not_read_again_while_nothing_has_changed() {
        run.then(running(1, 5), table("a", "running", 5))
                .then(running(1, 5), table("a", "running", 5))
                .then(running(1, 5), table("a", "running", 5))
                .then(ended("done", 1), table("a", "done", 5));

        sync();

        assertThat(node.lines()).filteredOn(l -> l.contains("/tables")).hasSize(2);
    }

    @Test
    void when_the_node_dies_another_one_goes_on_telling() {
        run.then(running(1, 5), table("a", "running", 5)).then(ended("done", 1), table("a", "done", 5));
        try (var second = new FakeNode().replies(run)) {
            pause = time -> node.close();

            var report = sync(node.url() + "," + second.url(), Map.of());

            assertThat(report.tables()).hasSize(1);
            assertThat(second.lines()).noneMatch(l -> l.startsWith("POST")).isNotEmpty();
        }
    }

    @Test
    void when_no_node_answers_for_a_while_that_is_told_once_and_the_run_is_found_again() {
        run.then(planning()).then(ended("done", 1), table("a", "done", 5));
        var looks = new ArrayList<String>();
        node.replies(asked -> {
            looks.add(asked.line());
            return looks.size() >= 3 && looks.size() <= 5 ? Reply.CUT : run.apply(asked);
        });

        assertThat(sync().tables()).hasSize(1);

        assertThat(events).filteredOn(RunEvent.Warning.class::isInstance).hasSize(1);
        assertThat(pauses).contains(Duration.ofSeconds(2));
    }

    @Test
    void when_no_node_comes_back_the_run_is_said_to_go_on() {
        run.then(planning());
        pause = time -> {
            pauses.add(time);
            node.close();
        };

        assertThatThrownBy(this::sync)
                .isInstanceOf(ClusterUnreachable.class)
                .hasMessageContaining("run " + FakeRun.ID + " is out of sight, which does not stop it");
        assertThat(pauses).hasSizeBetween(80, 100);
    }

    @Test
    void a_cluster_that_is_not_there_is_not_waited_for() {
        assertThatThrownBy(() -> sync(FakeNode.nobody(), Map.of())).isInstanceOf(ClusterUnreachable.class);
        assertThat(pauses).isEmpty();
    }

    @Test
    void tables_that_another_run_holds_are_said_in_the_words_of_the_node() {
        run.instead("POST /api/v1/runs", Reply.error(409, "run 1 holds public.a", "wait until it has ended"));

        assertThatThrownBy(this::sync)
                .isInstanceOfSatisfying(
                        RunHeld.class, e -> assertThat(e.remedy()).isEqualTo("wait until it has ended"))
                .hasMessage("run 1 holds public.a");
    }

    @Test
    void a_missing_token_says_where_to_give_it_and_has_the_code_of_authentication() {
        run.instead("POST /api/v1/runs", Reply.error(401, "this node asks for a token", "send it"));

        assertThatThrownBy(this::sync).isInstanceOfSatisfying(FailedElsewhere.class, e -> {
            assertThat(e.exitCode()).isEqualTo(4);
            assertThat(e.getMessage()).isEqualTo(node.url() + " does not let us in: this node asks for a token");
            assertThat(e.remedy()).contains("PGSYNC_HTTP_TOKEN", "http.tokenFile");
        });
    }

    @Test
    void what_the_cluster_does_not_understand_is_an_error_of_usage() {
        run.instead("POST /api/v1/runs", Reply.error(400, "include is [", "a closing ]"));

        assertThatThrownBy(this::sync).isInstanceOf(InvalidConfig.class).hasMessage("include is [; a closing ]");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 8, 9, 70})
    void a_run_that_ended_before_it_began_ends_with_its_own_code(int code) {
        run.then(planning()).then(failed(code, "source and target are the same database"));

        assertThatThrownBy(this::sync).isInstanceOfSatisfying(FailedElsewhere.class, e -> {
            assertThat(e.exitCode()).isEqualTo(code);
            assertThat(e).hasMessage("source and target are the same database");
            assertThat(e.remedy()).isEqualTo("do this");
        });
    }

    @Test
    void a_run_that_was_cancelled_before_anybody_began_it_is_no_success() {
        run.then(ended("cancelled", 0));

        assertThatThrownBy(this::sync)
                .isInstanceOfSatisfying(
                        FailedElsewhere.class, e -> assertThat(e.exitCode()).isEqualTo(1))
                .hasMessageContaining("ended as cancelled");
    }

    @Test
    void an_interrupt_cancels_the_run_and_tells_what_became_of_it() {
        run.then(running(1, 5), table("a", "running", 5)).then(ended("cancelled", 1), table("a", "cancelled", 5));
        pause = time -> {
            throw new InterruptedException();
        };

        var report = sync();

        assertThat(report.tables().getFirst().status()).isEqualTo(TableReport.Status.CANCELLED);
        assertThat(node.lines()).contains("POST /api/v1/runs/" + FakeRun.ID + "/cancel");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_run_that_does_not_end_at_once_after_it_was_cancelled_is_not_waited_for_long() {
        run.then(running(1, 5), table("a", "running", 5));
        var interruptOnce = new ArrayList<>(List.of(true));
        pause = time -> {
            pauses.add(time);
            if (!interruptOnce.isEmpty()) {
                interruptOnce.removeLast();
                throw new InterruptedException();
            }
        };

        assertThatThrownBy(this::sync).isInstanceOf(Stopped.class).hasMessageContaining("was asked to stop");
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void a_run_that_ended_just_before_it_was_cancelled_is_told_as_it_ended() {
        run.instead("POST /api/v1/runs/" + FakeRun.ID + "/cancel", Reply.error(409, "the run has ended", ""))
                .then(running(1, 5), table("a", "running", 5))
                .then(ended("done", 1), table("a", "done", 5));
        pause = time -> {
            throw new InterruptedException();
        };

        assertThat(sync().tables().getFirst().status()).isEqualTo(TableReport.Status.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>welcome</html>", "[]", "{}", "{\"runId\": 7}", "{\"runId\": \"x\"}"})
    void somebody_else_who_serves_there_is_told_apart_from_a_node(String body) {
        run.instead("POST /api/v1/runs", Reply.ok(body));

        assertThatThrownBy(this::sync)
                .isInstanceOf(ClusterUnreachable.class)
                .hasMessageContaining(node.url() + " does not answer as a node of pgsync");
    }
}
