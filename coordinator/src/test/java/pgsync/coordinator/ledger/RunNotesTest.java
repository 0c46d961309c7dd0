package pgsync.coordinator.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static pgsync.coordinator.ledger.LedgerGround.name;
import static pgsync.coordinator.ledger.LedgerGround.newRun;
import static pgsync.coordinator.ledger.LedgerGround.opening;
import static pgsync.coordinator.ledger.LedgerGround.plan;
import static pgsync.coordinator.ledger.LedgerGround.staged;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pgsync.event.RunEvent;
import pgsync.status.RunNote;
import pgsync.status.Status;
import pgsync.table.LeftOut;
import pgsync.task.RunId;

/** Whoever asked a cluster for a run is told what the coordinator was told. */
class RunNotesTest {
    private final LedgerGround ground = new LedgerGround();
    private final RunId run = newRun();
    private final List<RunEvent> events = new ArrayList<>();

    @BeforeEach
    void publish() {
        new Ledger(ground.pool, ground.me).publish(opening(run), plan(staged("a")), Map.of());
    }

    @AfterEach
    void close() {
        ground.close();
    }

    private static final RunEvent WARNING = new RunEvent.Warning(name("a"), "it's \"odd\"", "mend it");

    @Test
    void warnings_and_what_is_left_out_are_kept_with_the_run_and_told_on() {
        var notes = new RunNotes(ground.pool, run, events::add);
        var views = new RunEvent.LeftOutOfRun(List.of(
                new LeftOut(name("v"), LeftOut.Kind.VIEW, "a view has no rows"),
                new LeftOut(name("p"), LeftOut.Kind.PARTITION, "goes with its root")));
        var whole = new RunEvent.Warning(null, "of the run", "wait");

        notes.on(views);
        notes.on(WARNING);
        notes.on(whole);
        notes.on(new RunEvent.Detail("not this"));

        assertThat(events).containsExactly(views, WARNING, whole, new RunEvent.Detail("not this"));
        assertThat(new Status(ground.pool).run(run).orElseThrow().notes())
                .containsExactly(
                        new RunNote(name("v"), "view", "a view has no rows", null),
                        new RunNote(name("a"), "warning", "it's \"odd\"", "mend it"),
                        new RunNote(null, "warning", "of the run", "wait"));
    }

    @Test
    void a_note_that_cannot_be_kept_is_told_all_the_same() {
        ground.sql("alter table pgsync.run drop column notes");

        new RunNotes(ground.pool, run, events::add).on(WARNING);

        assertThat(events).first().isEqualTo(WARNING);
        assertThat(events).last().asString().contains("not kept for others");
    }
}
