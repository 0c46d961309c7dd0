package pgsync.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;

/** Logs to standard error, warnings and worse. In code and found as a service: parsing an XML file would cost more than the rest of the start. */
public final class LogbackSetup extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("[%d{\"yyyy-MM-dd'T'HH:mm:ss'Z'\", UTC}] %-5level %logger{0} - %msg%n%ex{short}");
        encoder.start();
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setName("standard error");
        console.setTarget(ConsoleTarget.SystemErr.getName());
        console.setEncoder(encoder);
        console.start();
        var root = context.getLogger("ROOT");
        root.setLevel(Level.WARN);
        root.addAppender(console);
        for (var chatty : new String[] {"io.netty", "io.vertx"}) {
            context.getLogger(chatty).setLevel(Level.ERROR);
        }
        // What matters of the cluster we tell ourselves; Hazelcast calls every death of a member a severe error.
        context.getLogger("com.hazelcast").setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
