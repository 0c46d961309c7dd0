package pgsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.ConsoleAppender;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class LogbackSetupTest {
    @Test
    void logback_finds_it_by_itself() {
        assertThat(ServiceLoader.load(ch.qos.logback.classic.spi.Configurator.class))
                .hasAtLeastOneElementOfType(LogbackSetup.class);
    }

    @Test
    void warnings_go_to_standard_error_and_libraries_are_quiet() {
        var context = new LoggerContext();

        var status = new LogbackSetup().configure(context);

        var root = context.getLogger("ROOT");
        assertThat(status).isEqualTo(ch.qos.logback.classic.spi.Configurator.ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
        assertThat(root.getLevel()).isEqualTo(Level.WARN);
        assertThat(((ConsoleAppender<?>) root.getAppender("standard error")).getTarget())
                .isEqualTo("System.err");
        assertThat(context.getLogger("io.netty.channel").getEffectiveLevel()).isEqualTo(Level.ERROR);
        assertThat(context.getLogger("pgsync.worker").getEffectiveLevel()).isEqualTo(Level.WARN);
    }
}
