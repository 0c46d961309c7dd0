package pgsync.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one command on one machine pays for at its start. */
class StartUpIT {
    @Test
    void a_run_on_one_machine_loads_nothing_of_cluster_web_server_and_metrics(@TempDir Path folder) throws IOException {
        try (var ground = Ground.fresh()) {
            ground.onBoth("create table t (id int primary key, updated_at timestamptz not null default now())");
            ground.onSource("insert into t values (1)");
            var loaded = folder.resolve("loaded");

            var ended = ground.sync()
                    .javaOption("-Xlog:class+load=info:file=" + loaded)
                    .run();

            assertThat(ended.code()).as(ended.toString()).isZero();
            assertThat(Files.readAllLines(loaded))
                    .anyMatch(line -> line.contains(" pgsync.local.LocalEngine "))
                    .noneMatch(line -> line.contains(" com.hazelcast.")
                            || line.contains(" io.vertx.ext.web.")
                            || line.contains(" io.micrometer.")
                            || line.contains(" io.prometheus.")
                            || line.contains(" pgsync.http."));
        }
    }
}
