package pgsync.coordinator.discover;

import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.sql.Quoted;
import pgsync.sql.Step;
import pgsync.table.Column;
import pgsync.table.TableShape;
import pgsync.task.TableName;

/**
 * Whether the target lets rows be changed that it publishes itself. It needs something to tell them by, their replica identity, in each
 * partition (manual, 29.1 "Publication"), and says so when the first one is changed: after a first copy that went well.
 */
final class PublishedCheck {
    /**
     * No parameters. Ordinary tables without such an identity, partitioned ones, and what is published in part or computes columns, with all
     * that they are partitions of. What has one and is published whole may be changed.
     */
    private static final String IN_DOUBT = """
            with recursive published as (
                select c.oid
                  from pg_catalog.pg_publication_tables t
                  join pg_catalog.pg_publication p on p.pubname = t.pubname and (p.pubupdate or p.pubdelete)
                  join pg_catalog.pg_namespace n on n.nspname = t.schemaname
                  join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = t.tablename
                 where c.relkind = 'p'
                    or not (c.relreplident = 'f'
                            or exists (select from pg_catalog.pg_index i
                                        where i.indrelid = c.oid
                                          and case c.relreplident when 'd' then i.indisprimary when 'i' then i.indisreplident end))
                    or exists (select from pg_catalog.pg_publication_rel r
                                where r.prrelid = c.oid
                                  and (pg_catalog.to_jsonb(r) ->> 'prqual' is not null
                                       or pg_catalog.to_jsonb(r) ->> 'prattrs' is not null))
                    -- From 18 on an identity may not hold generated columns that are not published.
                    or exists (select from pg_catalog.pg_attribute a
                                where a.attrelid = c.oid and a.attnum > 0 and pg_catalog.to_jsonb(a) ->> 'attgenerated' <> '')
            ), whole as (
                select oid from published
                union
                select i.inhparent from whole w join pg_catalog.pg_inherits i on i.inhrelid = w.oid
            )
            select n.nspname::pg_catalog.text as schema, c.relname::pg_catalog.text as name
              from whole w
              join pg_catalog.pg_class c on c.oid = w.oid
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            """;

    private static final String LOCK_TIMEOUT = "set local lock_timeout = '1s';";

    private final SqlConnection target;
    private final boolean deletes;

    PublishedCheck(SqlConnection target, boolean deletes) {
        this.target = target;
        this.deletes = deletes;
    }

    /** Pairs whose rows the target would not let us change become refusals. Waits for the target, where nothing is changed. */
    Discovered of(Discovered found) {
        var inDoubt = inDoubt(found.target().server().major());
        return inDoubt.isEmpty()
                ? found
                : found.without(pair -> inDoubt.contains(pair.name())
                        ? refusal(pair, found.target().server().major())
                        : Optional.empty());
    }

    private Set<TableName> inDoubt(int major) {
        var step = "look for tables that the target publishes";
        var tables = new HashSet<TableName>();
        Trial.on(
                        target,
                        major,
                        step,
                        () -> Step.await(step, () -> target.query(IN_DOUBT).execute()))
                .forEach(row -> tables.add(new TableName(row.getString("schema"), row.getString("name"))));
        return tables;
    }

    /** PostgreSQL judges when a statement begins, whatever rows it finds, and EXPLAIN begins it. */
    private Optional<Refusal> refusal(TablePair pair, int major) {
        var step = "see whether published rows of %s may be changed".formatted(pair.name());
        return changes(pair).stream()
                .map(statement -> mistake(step, "explain " + statement, major))
                .filter(Objects::nonNull)
                .findFirst()
                .map(reason -> new Refusal(
                        pair.name(),
                        "the target publishes its changes, and does not let it be changed: %s"
                                .formatted(Quoted.printable(reason)),
                        "give it a replica identity on the target that its publications can go by (alter table … replica identity …), "
                                + "take it out of them, or exclude it"));
    }

    /** A statement that would change rows waits for locks that reading does not: then the task meets what is to be known. */
    private @Nullable String mistake(String step, String statement, int major) {
        try {
            return Trial.on(
                    target,
                    major,
                    step,
                    () -> Trial.mistake(() -> Step.await(
                            step, () -> target.query(LOCK_TIMEOUT + statement).execute())));
        } catch (StepFailed failed) {
            if (failed.trouble() == Trouble.LOCKED) {
                return null;
            }
            throw failed;
        }
    }

    /** Those that our role may make: of a rehearsal nobody asks for rights, and a right that is missing is no matter of publications. */
    private List<String> changes(TablePair pair) {
        var table = pair.target();
        var changes = new ArrayList<String>();
        pair.columns().stream()
                .flatMap(column -> table.column(column.name()).stream())
                .filter(column -> column.identity() != Column.Identity.ALWAYS
                        && column.rights().contains(TableShape.Right.UPDATE))
                .findFirst()
                .map(column -> Quoted.identifier(column.name()))
                .ifPresent(column -> changes.add("update %s set %2$s = %2$s".formatted(table.fromClause(), column)));
        if (deletes && table.rights().contains(TableShape.Right.DELETE)) {
            changes.add("delete from " + table.fromClause());
        }
        return changes;
    }
}
