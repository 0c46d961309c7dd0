package pgsync.testground;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * PostgreSQL in a container. Loaded only when containers are asked for, because Testcontainers is not on the class path of the product.
 * The port on this machine is chosen before, so that it stays the same over a restart. Methods exclude each other.
 */
final class ContainerEngine implements Engine {
    private static final String IMAGE_VARIABLE = "PGSYNC_TEST_IMAGE";
    private static final String DEFAULT_IMAGE = "pgsync-test-postgres:" + TestServers.DEFAULT_MAJOR;
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    private final PostgreSQLContainer container;
    private final int port;

    private ContainerEngine(PostgreSQLContainer container, int port) {
        this.container = container;
        this.port = port;
    }

    static Engine start(int major, Map<String, String> settings) {
        var port = FreePort.find();
        var container = new PostgreSQLContainer(image(major));
        container
                .withUsername(TestServer.USER)
                .withPassword(TestServer.PASSWORD)
                .withDatabaseName(TestServer.USER)
                .withCommand(command(settings))
                .withCreateContainerCmdModifier(create -> bind(create, port));
        container.setWaitStrategy(new NoWait());
        var engine = new ContainerEngine(container, port);
        try {
            container.start();
            engine.awaitReady();
        } catch (RuntimeException e) {
            container.stop();
            throw new GroundFailed("cannot start a container of " + container.getDockerImageName(), e);
        }
        return engine;
    }

    /** The image that was asked for when its tag is the major or none; otherwise the same name with the major as tag. */
    private static DockerImageName image(int major) {
        var asked = Objects.requireNonNullElse(System.getenv(IMAGE_VARIABLE), DEFAULT_IMAGE);
        var name = major == TestServers.DEFAULT_MAJOR ? asked : asked.replaceFirst(":[^:/]*$", "") + ":" + major;
        return DockerImageName.parse(name).asCompatibleSubstituteFor("postgres");
    }

    private static String[] command(Map<String, String> settings) {
        var command = new ArrayList<>(
                List.of("postgres", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200"));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command.toArray(String[]::new);
    }

    private static void bind(CreateContainerCmd create, int port) {
        var postgres = ExposedPort.tcp(PostgreSQLContainer.POSTGRESQL_PORT);
        var host = Objects.requireNonNullElseGet(create.getHostConfig(), HostConfig::new);
        create.withHostConfig(
                host.withPortBindings(new PortBinding(Ports.Binding.bindIpAndPort("127.0.0.1", port), postgres)));
    }

    /** We wait by connecting, which works the same for the first start and after a restart, and for any image. */
    private static final class NoWait extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {}
    }

    private void awaitReady() {
        var deadline = System.nanoTime() + READY_WITHIN.toNanos();
        var never = new CountDownLatch(1);
        while (true) {
            try {
                DriverManager.getConnection(
                                "jdbc:postgresql://127.0.0.1:" + port + "/" + TestServer.USER,
                                TestServer.USER,
                                TestServer.PASSWORD)
                        .close();
                return;
            } catch (SQLException notYet) {
                if (!container.isRunning()) {
                    throw new GroundFailed("the container has ended: " + log(), notYet);
                }
                if (System.nanoTime() > deadline) {
                    throw new GroundFailed("the container was not ready within " + READY_WITHIN + ": " + log(), notYet);
                }
            }
            try {
                if (never.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("nobody counts down");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new GroundFailed("interrupted while the container starts", e);
            }
        }
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public synchronized void stopImmediately() {
        stop("SIGQUIT");
    }

    @Override
    public synchronized void restart() {
        stop("SIGINT");
        docker().startContainerCmd(container.getContainerId()).exec();
        awaitReady();
    }

    private void stop(String signal) {
        try {
            docker().killContainerCmd(container.getContainerId())
                    .withSignal(signal)
                    .exec();
        } catch (ConflictException | NotModifiedException itDoesNotRun) {
            return;
        }
        docker().waitContainerCmd(container.getContainerId()).start().awaitStatusCode(20, TimeUnit.SECONDS);
    }

    @Override
    public Path dataDirectory() {
        throw new UnsupportedOperationException("the data of a container is not on this machine");
    }

    @Override
    public String log() {
        return container.getLogs();
    }

    @Override
    public synchronized void close() {
        container.stop();
    }
}
