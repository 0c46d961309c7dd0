package pgsync.chaos;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import pgsync.process.Product;

/** {@code pgsync sync} in one place, again and again, without a cluster. */
final class SyncFleet implements Fleet {
    private static final int NOTHING_WRONG = 0;

    private final ChaosGround ground;
    private final ChaosLog log;
    private final Only only = new Only();

    SyncFleet(ChaosGround ground, ChaosLog log) {
        this.ground = ground;
        this.log = log;
    }

    @Override
    public List<Place> places() {
        return List.of(only);
    }

    @Override
    public List<String> supervise() {
        var process = only.process;
        if (process == null || process.alive()) {
            return List.of();
        }
        var code = process.ended().code();
        only.end(process);
        only.start();
        return code == NOTHING_WRONG ? List.of() : List.of("%s ended with %d".formatted(only.name(), code));
    }

    @Override
    public void close() {
        only.kill();
    }

    private final class Only implements Place {
        private Product.@Nullable Running process;

        @Override
        public String name() {
            return "sync";
        }

        @Override
        public void start() {
            process =
                    Product.sync(ground.sourceUrl(), ground.targetUrl(), "sync").start();
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

        /** The only one that says that it lives, or the last that did. */
        @Override
        public Optional<UUID> id() {
            return ground.column("select id from pgsync.node order by started_at desc limit 1").stream()
                    .map(UUID::fromString)
                    .findFirst();
        }
    }
}
