package pgsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    @Test
    void the_work_runs_on_a_virtual_thread_and_gives_its_code() {
        var wasVirtual = new AtomicBoolean();

        var code = Shutdown.guard(
                () -> {
                    wasVirtual.set(Thread.currentThread().isVirtual());
                    return ExitCode.GUARD;
                },
                Duration.ofSeconds(1));

        assertThat(code).isEqualTo(ExitCode.GUARD);
        assertThat(wasVirtual).isTrue();
    }

    @Test
    void a_stop_interrupts_the_work_and_waits_until_it_has_let_go() {
        var done = new CountDownLatch(1);
        var wasInterrupted = new AtomicBoolean();
        var forever = new CountDownLatch(1);
        var worker = Thread.ofVirtual().start(() -> {
            try {
                forever.await();
            } catch (InterruptedException e) {
                wasInterrupted.set(true);
            }
            done.countDown();
        });

        var hasLetGo = Shutdown.stop(worker, done, Duration.ofMinutes(1));

        assertThat(hasLetGo).isTrue();
        assertThat(wasInterrupted).isTrue();
    }

    @Test
    void a_stop_does_not_wait_longer_than_the_grace() {
        var never = new CountDownLatch(1);
        var worker = Thread.ofVirtual().unstarted(() -> {});

        assertThat(Shutdown.stop(worker, never, Duration.ofMillis(1))).isFalse();
    }

    @Test
    void a_stop_after_the_work_leaves_it_alone() {
        var done = new CountDownLatch(0);
        var worker = Thread.ofVirtual().unstarted(() -> {});

        Shutdown.stop(worker, done, Duration.ofMinutes(1));

        assertThat(worker.isInterrupted()).isFalse();
    }

    @Test
    void a_process_that_is_told_to_end_lets_its_work_end_first() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java, "-Xmx64m", "-cp", System.getProperty("java.class.path"), Waiting.class.getName())
                .start();
        var lines = process.inputReader();
        assertThat(lines.readLine()).isEqualTo("at work");

        process.toHandle().destroy(); // SIGTERM; destroy() of the process itself would close its output too

        assertThat(lines.readLine()).isEqualTo("let go");
        assertThat(process.waitFor()).isEqualTo(ExitCode.TERMINATED.code());
    }

    /** A program whose work lasts until it is interrupted, and then takes a moment to let go. */
    static final class Waiting {
        private Waiting() {}

        public static void main(String[] args) {
            System.exit(Shutdown.guard(Waiting::work, Duration.ofMinutes(1)).code());
        }

        private static ExitCode work() {
            System.out.println("at work");
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                System.out.println("let go");
            }
            return ExitCode.DONE;
        }
    }
}
