package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pgsync.board.LocalBoard;
import pgsync.claim.Claims;
import pgsync.connect.Connector;
import pgsync.connect.Endpoint;
import pgsync.connect.Side;
import pgsync.connect.Surroundings;
import pgsync.error.StepFailed;
import pgsync.state.StateSchema;
import pgsync.task.NodeId;
import pgsync.task.TaskId;
import pgsync.testground.TestServer;
import pgsync.time.Pause;

/** A claim whose answer did not arrive may have been won. Nobody else takes it over as long as we live. */
@Tag("whole-run")
class LostAnswersTest {
    private static final TaskId TASK = new TaskId(1);

    private final NodeId me = new NodeId(UUID.randomUUID());
    private final LocalBoard board = new LocalBoard();
    private final Vertx vertx = Vertx.vertx();
    private final Connector connector = new Connector(vertx, me, Pause.real());
    private final SyncGround ground = SyncGround.fresh();
    private Pool pool;
    private Claims claims;

    @BeforeEach
    void a_claim_fails_because_there_is_no_table_yet() {
        var surroundings = new Surroundings(Map.of(), Path.of("/nowhere"), TestServer.USER, Surroundings.realFiles());
        pool = connector.pool(
                Side.TARGET, Endpoint.parse(ground.settings().requiredTarget().reveal(), surroundings), 1);
        claims = new Claims(pool, board, me);
        board.offer(TASK);
        assertThatThrownBy(claims::next).isInstanceOf(StepFailed.class);
        StateSchema.ensure(pool);
        ground.onTarget(
                "insert into pgsync.run (id, mode, state, requested_by, coordinator, source_identity, settings_fingerprint)"
                        + " values ('" + UUID.randomUUID() + "', 'sync', 'running', 'me', '" + me + "', 's', 'f')");
    }

    @AfterEach
    void close() {
        connector.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        ground.close();
    }

    @Test
    void a_claim_that_the_server_did_after_all_goes_back() {
        task("CLAIMED", "'" + me + "'");

        claims.next();

        assertThat(ground.onTargetValue("select status from pgsync.task")).isEqualTo("PENDING");
    }

    @Test
    void a_task_whose_claim_failed_can_be_offered_again() {
        task("PENDING", "null");
        claims.next();

        board.offer(TASK);

        assertThat(board.waiting()).isEqualTo(1);
    }

    private void task(String status, String owner) {
        ground.onTarget("insert into pgsync.task (run_id, schema_name, table_name, kind, gate, status, owner, spec)"
                + " select id, 's', 't', 'COPY', 'g', '" + status + "', " + owner + ", '{}' from pgsync.run");
    }
}
