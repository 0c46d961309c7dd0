package pgsync.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import pgsync.connect.Surroundings;
import pgsync.daemon.ClusterNodes;
import pgsync.demo.Demo;
import pgsync.local.LocalEngine;
import pgsync.local.LocalHistory;
import pgsync.local.LocalSituation;
import pgsync.remote.NodeUrls;
import pgsync.remote.RemoteEngine;
import pgsync.remote.RemoteSituation;
import pgsync.time.Pause;

/** The process: wires the program together, runs it, exits with its code. */
public final class Main {
    /** How long a run may take to give back its claims and close its transactions after a signal. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private Main() {}

    public static void main(String[] args) {
        run(args, LocalEngine.Parts.REAL);
    }

    /** With parts that a test has replaced, everything else as it is. */
    static void run(String[] args, LocalEngine.Parts parts) {
        var environment = System.getenv();
        var shell = new Shell(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                System.in,
                environment,
                InstantSource.system(),
                Pause.real(),
                Screen.isOut(),
                Screen.isErr());
        var around = Surroundings.ofProcess();
        var engine = new LocalEngine(VersionCommand.version(), around, parts);
        if (mayBeRun(args) && !asksCluster(args)) {
            engine.prepare();
        }
        var program = new Program(shell, wiring(engine, parts, around));
        System.exit(Shutdown.guard(() -> program.run(args), GRACE).code());
    }

    /** The root command with options is {@code sync}; a mistake here costs a tenth of a second. */
    private static boolean mayBeRun(String[] args) {
        return args.length == 0
                || args[0].equals("sync")
                || args[0].equals("plan")
                || args[0].equals("verify")
                || args[0].equals("doctor")
                || (args[0].startsWith("-") && !args[0].endsWith("help") && !args[0].endsWith("version"));
    }

    private static boolean asksCluster(String[] args) {
        return Arrays.stream(args).anyMatch(arg -> arg.matches("--?cluster(=.*)?"));
    }

    private static Wiring wiring(LocalEngine engine, LocalEngine.Parts parts, Surroundings around) {
        return new Wiring(
                engine,
                engine::verify,
                engine::examine,
                new ClusterNodes(VersionCommand.version(), around, parts),
                (addresses, verify) -> new RemoteEngine(NodeUrls.parse(addresses), verify, Pause.real()),
                (settings, addresses) -> addresses == null
                        ? LocalSituation.open(settings, around)
                        : RemoteSituation.open(settings, NodeUrls.parse(addresses)),
                new LocalHistory(around),
                // Made when it is shown: its servers are on the class path of that one command.
                (out, in, keep) -> new Demo(InstantSource.system()).show(out, in, keep));
    }

    // UTF-8 wherever we run: names of tables are, and a script that reads -json expects it.
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
