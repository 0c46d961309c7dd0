package pgsync.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import org.junit.jupiter.api.Test;

class NodeProcessTest {
    @Test
    void nodes_of_the_demo_see_what_an_installation_has_and_no_more() {
        var classPath = String.join(
                File.pathSeparator,
                "/opt/pgsync/lib/a.jar",
                "/opt/pgsync/demo-lib/postgres.jar",
                "/opt/pgsync/lib/b.jar");

        assertThat(NodeProcess.withoutDemo(classPath))
                .isEqualTo("/opt/pgsync/lib/a.jar" + File.pathSeparator + "/opt/pgsync/lib/b.jar");
    }
}
