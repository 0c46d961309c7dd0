package pgsync.coordinator.discover;

import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import pgsync.config.SyncConfig;
import pgsync.config.TableRule;
import pgsync.error.Stopped;
import pgsync.table.Catalog;
import pgsync.table.CatalogReader;
import pgsync.table.LeftOut;
import pgsync.table.Selection;
import pgsync.table.TableShape;
import pgsync.task.TableName;

/** Reads both catalogues at the same time and pairs the selected tables by name. */
public final class Discovery {
    private final SyncConfig config;
    private final Selection selection;

    /** Throws {@link pgsync.config.InvalidConfig} for a pattern that makes no sense, before anything is connected. */
    public Discovery(SyncConfig config) {
        this.config = config;
        this.selection = Selection.of(config);
    }

    /** Waits for both servers. The connections must have no transaction open and are given back that way. */
    public Discovered of(SqlConnection source, SqlConnection target) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sourceRead = threads.submit(() -> CatalogReader.readSource(source, config.schemas()));
            var targetRead = threads.submit(() -> CatalogReader.readTarget(target, config.schemas()));
            var found = pair(result(sourceRead), result(targetRead));
            var readable = new FilterCheck(source, target).of(found);
            var computed = new ExpressionCheck(target).of(new FixedCheck(source, target).of(readable));
            return new MeaningCheck(source, target).of(computed);
        }
    }

    /** As {@link #of}, and refuses as well what can be compared and not written. */
    public Discovered toWrite(SqlConnection source, SqlConnection target) {
        return new PublishedCheck(target, config.delete()).of(of(source, target));
    }

    private static Catalog result(Future<Catalog> read) {
        try {
            return read.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            // Closing the executor sees the flag and interrupts both readers.
            Thread.currentThread().interrupt();
            throw new Stopped("discover", e);
        }
    }

    /** Pure: every selected table of the source becomes a pair or a refusal. */
    Discovered pair(Catalog source, Catalog target) {
        var choice = selection.among(source);
        var pairs = new ArrayList<TablePair>();
        var refusals = new ArrayList<Refusal>();
        choice.tables().forEach((name, rule) -> {
            if (target.tables().containsKey(name)) {
                var pair = pair(source, target, name, rule);
                new PairCheck(pair, source.server(), target.server(), neededOnTarget())
                        .refusal()
                        .ifPresentOrElse(refusals::add, () -> pairs.add(pair));
            } else {
                refusals.add(missing(name, target));
            }
        });
        return new Discovered(source, target, pairs, refusals, choice.leftOut(), choice.unmatched());
    }

    /** Nothing that the settings rule out is asked for. */
    private Set<TableShape.Right> neededOnTarget() {
        if (config.dryRun()) {
            return EnumSet.of(TableShape.Right.SELECT);
        }
        return config.delete()
                ? EnumSet.allOf(TableShape.Right.class)
                : EnumSet.complementOf(EnumSet.of(TableShape.Right.DELETE));
    }

    private static TablePair pair(Catalog source, Catalog target, TableName name, TableRule rule) {
        return new TablePair(shape(source, name), shape(target, name), rule);
    }

    private static TableShape shape(Catalog catalog, TableName name) {
        return Objects.requireNonNull(catalog.tables().get(name));
    }

    private static Refusal missing(TableName name, Catalog target) {
        return target.leftOut().stream()
                .filter(left -> left.name().equals(name))
                .map(LeftOut::reason)
                .map(reason -> new Refusal(
                        name,
                        "cannot be written on the target: " + reason,
                        "exclude it, or replace it on the target by a table"))
                .findFirst()
                .orElseGet(() -> new Refusal(
                        name,
                        "the target has no such table",
                        "create it there (pg_dump --schema-only --table gives the statements), or exclude it"));
    }
}
