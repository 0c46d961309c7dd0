package pgsync.coordinator.verify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The order of {@code COLLATE "C"} in a database in UTF-8: by bytes. Java's own order of texts differs above U+FFFF. */
final class Bytewise {
    private Bytewise() {}

    static int compare(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
