package pgsync.testground;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import pgsync.testground.FaultProxy.Cut;
import pgsync.testground.FaultProxy.Direction;

/** What a {@link FaultProxy} does to its connections at the moment, and what it has done. Safe from any thread. */
final class Faults {
    private static final long NEVER = Long.MAX_VALUE;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Way toServer = new Way();
    private final Way toClient = new Way();
    private Cut cutAtByteHow = Cut.RESET;
    private boolean stalled;
    private int copiesToCut;
    private long rowsBytesBefore;
    private Cut cutCopiesHow = Cut.RESET;
    private long copiesCut;

    private static final class Way {
        long delayNanos;
        long bytes;
        long cutAtByte = NEVER;
    }

    private Way way(Direction direction) {
        return switch (direction) {
            case TO_SERVER -> toServer;
            case TO_CLIENT -> toClient;
        };
    }

    void delay(Direction direction, Duration later) {
        locked(() -> way(direction).delayNanos = later.toNanos());
    }

    void stall() {
        locked(() -> stalled = true);
    }

    void resume() {
        locked(() -> stalled = false);
    }

    void cutAfter(Direction direction, long count, Cut how) {
        locked(() -> {
            way(direction).cutAtByte = way(direction).bytes + count;
            cutAtByteHow = how;
        });
    }

    void cutCopies(int connections, long rowsBytes, Cut how) {
        locked(() -> {
            copiesToCut = connections;
            rowsBytesBefore = rowsBytes;
            cutCopiesHow = how;
        });
    }

    long copiesCut() {
        lock.lock();
        try {
            return copiesCut;
        } finally {
            lock.unlock();
        }
    }

    long bytes(Direction direction) {
        lock.lock();
        try {
            return way(direction).bytes;
        } finally {
            lock.unlock();
        }
    }

    long delayNanos(Direction direction) {
        lock.lock();
        try {
            return way(direction).delayNanos;
        } finally {
            lock.unlock();
        }
    }

    /** Returns when bytes that may leave at {@code dueNanos} may leave: it is that late, and the network is not stalled. */
    void awaitPassage(long dueNanos) throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                var left = dueNanos - System.nanoTime();
                if (stalled) {
                    changed.await();
                } else if (left > 0) {
                    var unused = changed.awaitNanos(left);
                } else {
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Counts bytes that are about to be passed on; says how the connection is to be cut instead, when it is. */
    Optional<Cut> passing(Direction direction, int count) {
        lock.lock();
        try {
            var way = way(direction);
            if (way.bytes + count >= way.cutAtByte) {
                way.cutAtByte = NEVER;
                return Optional.of(cutAtByteHow);
            }
            way.bytes += count;
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Asked while a COPY is in flight that has carried so many bytes of rows: how it is to be cut, when it is. */
    Optional<Cut> copying(long rowsBytes) {
        lock.lock();
        try {
            if (copiesToCut == 0 || rowsBytes < rowsBytesBefore) {
                return Optional.empty();
            }
            copiesToCut--;
            copiesCut++;
            return Optional.of(cutCopiesHow);
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
