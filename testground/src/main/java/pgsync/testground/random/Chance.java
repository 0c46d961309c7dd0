package pgsync.testground.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Dice that fall the same way on every JDK: only what the documentation of {@link Random} fixes is used. For one thread. */
final class Chance {
    private final Random random;

    Chance(long seed) {
        // Random makes similar first numbers of neighbouring seeds, and people count seeds from one.
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** 0 to n - 1. */
    int below(int n) {
        return random.nextInt(n);
    }

    /** Both ends included. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    long number() {
        return random.nextLong();
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** The same things in another order. */
    <T> List<T> shuffled(List<T> things) {
        var left = new ArrayList<>(things);
        var taken = new ArrayList<T>();
        while (!left.isEmpty()) {
            taken.add(left.remove(random.nextInt(left.size())));
        }
        return taken;
    }

    /** Lowercase hexadecimal digits of so many bytes. */
    String hex(int bytes) {
        var text = new StringBuilder();
        for (var i = 0; i < bytes; i++) {
            text.append("%02x".formatted(random.nextInt(256)));
        }
        return text.toString();
    }
}
