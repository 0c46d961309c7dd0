package pgsync.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pgsync.process.Product;
import pgsync.testground.FreePort;
import pgsync.testground.Namespaces;

/** Two coordinators, the first of which leads, and three workers, each a process, each on a machine of its own when there are some. */
final class ClusterFleet implements Fleet {
    static final int COORDINATORS = 2;
    static final int WORKERS = 3;
    static final int PLACES = COORDINATORS + WORKERS;

    private static final String SLOTS = "2";

    private final ChaosGround ground;
    private final ChaosLog log;
    private final @Nullable Namespaces machines;
    private final String members;
    private final List<Member> places = new ArrayList<>();
    private final Start start;

    /** How a process of the product is made from its arguments; replaced by the control. */
    interface Start {
        Product of(String source, String target, String... arguments);
    }

    ClusterFleet(ChaosGround ground, ChaosLog log, @Nullable Namespaces machines, Start start) {
        this.ground = ground;
        this.log = log;
        this.machines = machines;
        this.start = start;
        IntStream.range(0, PLACES).forEach(number -> places.add(new Member(number)));
        this.members = places.stream().limit(COORDINATORS).map(Member::address).collect(Collectors.joining(","));
    }

    @Override
    public List<Place> places() {
        return List.copyOf(places);
    }

    @Override
    public List<String> supervise() {
        var said = new ArrayList<String>();
        for (var place : places) {
            var process = place.process;
            if (process != null && !process.alive()) {
                said.add("%s ended with %d"
                        .formatted(place.name(), process.ended().code()));
                place.end(process);
                place.start();
            }
        }
        return said;
    }

    @Override
    public void close() {
        places.forEach(Member::kill);
    }

    private final class Member implements Place {
        private final int number;
        private final String host;
        private final int port;
        private Product.@Nullable Running process;
        /** The id of the process before this one, as the target has it. */
        private String before = "";

        Member(int number) {
            this.number = number;
            this.host = machines == null ? "127.0.0.1" : machines.address(number);
            this.port = FreePort.find();
        }

        @Override
        public String name() {
            return number < COORDINATORS ? "coordinator-" + (number + 1) : "worker-" + (number - COORDINATORS + 1);
        }

        String address() {
            return host + ":" + port;
        }

        @Override
        public void start() {
            var product = start.of(
                    ground.sourceUrl(),
                    ground.targetUrl(),
                    number < COORDINATORS ? "coordinator" : "worker",
                    "-verbose",
                    "-parallel=" + SLOTS,
                    "-schedule=1s",
                    // The writers delete a good part of a small table before the next run comes through the storm.
                    "-force-deletes",
                    "-cluster.name=chaos",
                    "-cluster.bind=" + host,
                    "-cluster.port=" + port,
                    "-cluster.members=" + members,
                    "-http.port=0");
            before = latestId();
            process = machines == null
                    ? product.start()
                    : product.inside(machines.inside(number)).start();
        }

        @Override
        public void kill() {
            var killed = process;
            process = null;
            if (killed != null) {
                killed.kill();
                end(killed);
            }
        }

        private void end(Product.Running ended) {
            log.keep(name(), ended.out() + ended.err());
            ended.close();
        }

        @Override
        public Optional<Product.Running> running() {
            return Optional.ofNullable(process);
        }

        @Override
        public Optional<UUID> id() {
            var latest = latestId();
            return latest.equals(before) ? Optional.empty() : Optional.of(UUID.fromString(latest));
        }

        private String latestId() {
            return String.join(
                    "",
                    ground.column("select id from pgsync.node where address = '%s' order by started_at desc limit 1"
                            .formatted(address())));
        }
    }
}
