package pgsync.connect;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** Vert.x for connections alone. By default it makes a folder for files of its own in the temporary directory, which may be read-only or fill up. */
public final class VertxWithoutFiles {
    private VertxWithoutFiles() {}

    public static Vertx start() {
        return Vertx.vertx(new VertxOptions()
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }
}
