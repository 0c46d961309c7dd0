package pgsync.coordinator.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import pgsync.config.SyncConfig;
import pgsync.config.TableRule;
import pgsync.coordinator.discover.TablePair;
import pgsync.coordinator.moment.SourcePosition;
import pgsync.table.Column;
import pgsync.table.Column.Identity;
import pgsync.table.DataFile;
import pgsync.table.ForeignKey;
import pgsync.table.OwnedSequence;
import pgsync.table.ServerFacts;
import pgsync.table.TableShape;
import pgsync.table.UniqueIndex;
import pgsync.table.ValueType;
import pgsync.task.TableName;

/** Tables, servers and settings that exist nowhere, for plans that are made from them. */
final class PlanGround {
    static final SourcePosition HERE = new SourcePosition(2, 100L);
    static final ServerFacts FREE = server(150000, "UTF8", true);
    static final ServerFacts BOUND = server(150000, "UTF8", false);

    private static final List<DataFile> FILES = List.of(new DataFile("1/1", false));

    static final Column ID = column("id", "bigint", "int8", 20, 'N');
    static final Column NAME = column("name", "text", "text", 25, 'S');
    static final Column STAMP = column("updated_at", "timestamp with time zone", "timestamptz", 1184, 'D');

    private PlanGround() {}

    static ServerFacts server(int version, String encoding, boolean maySetReplicationRole) {
        return new ServerFacts(
                version,
                "1/2/db",
                "db",
                "me",
                encoding,
                false,
                true,
                maySetReplicationRole,
                true,
                "UTC",
                1,
                1,
                true,
                100,
                "libc en_US en_US",
                "en_US");
    }

    static ServerFacts withoutLargeObjects() {
        return new ServerFacts(
                150000,
                FREE.identity(),
                "db",
                "me",
                "UTF8",
                false,
                true,
                true,
                true,
                "UTC",
                1,
                1,
                false,
                100,
                "libc en_US en_US",
                "en_US");
    }

    static Column column(String name, String type, String typeName, long oid, char category) {
        return column(name, type, typeName, oid, category, 'b', Identity.NONE, null);
    }

    static Column identity(String name) {
        return column(name, "bigint", "int8", 20, 'N', 'b', Identity.ALWAYS, null);
    }

    static Column computed(String name, String expression) {
        return column(name, "text", "text", 25, 'S', 'b', Identity.NONE, expression);
    }

    /** Of an extension or of a person: its number is beyond PostgreSQL's own. */
    static Column made(String name, String type, char kind) {
        return column(name, "public." + type, type, 16_400, 'U', kind, Identity.NONE, null);
    }

    private static Column column(
            String name,
            String type,
            String typeName,
            long oid,
            char category,
            char kind,
            Identity identity,
            String expression) {
        return new Column(
                name,
                1,
                type,
                oid,
                oid,
                typeName,
                category,
                kind,
                true,
                expression,
                identity,
                false,
                null,
                true,
                EnumSet.allOf(TableShape.Right.class),
                new ValueType.Plain(type, typeName, category, oid < 10_000));
    }

    static TableName name(String table) {
        return new TableName("s", table);
    }

    static UniqueIndex primaryKey(String... columns) {
        return new UniqueIndex("pk", true, List.of(columns), List.of(columns), null, true, false, false);
    }

    static UniqueIndex unique(String name, String... columns) {
        return new UniqueIndex(name, false, List.of(columns), List.of(columns), null, false, false, false);
    }

    static Shape table(String name, Column... columns) {
        return new Shape(
                name(name),
                TableShape.Kind.ORDINARY,
                List.of(columns),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                1,
                FILES);
    }

    /** id, name and updated_at, with a primary key. */
    static Shape usual(String name) {
        return table(name, ID, NAME, STAMP).with(primaryKey("id"));
    }

    static TablePair pair(Shape both) {
        return pair(both, both, TableRule.NONE);
    }

    static TablePair pair(Shape source, Shape target, TableRule rule) {
        return new TablePair(source.make(), target.make(), rule);
    }

    static TableRule mode(String mode) {
        return new TableRule(null, null, List.of(), List.of(), List.of(), mode);
    }

    static ForeignKey refers(String from, String to) {
        return new ForeignKey(from + "_" + to, name(from), List.of("x"), name(to), List.of("id"), false, true);
    }

    /** A table in the making. */
    record Shape(
            TableName name,
            TableShape.Kind kind,
            List<Column> columns,
            List<UniqueIndex> indexes,
            List<OwnedSequence> sequences,
            List<String> always,
            List<String> triggers,
            long pages,
            List<DataFile> files) {
        Shape with(UniqueIndex... more) {
            var all = new ArrayList<>(indexes);
            all.addAll(Arrays.asList(more));
            return new Shape(name, kind, columns, all, sequences, always, triggers, pages, files);
        }

        Shape owning(OwnedSequence... owned) {
            return new Shape(name, kind, columns, indexes, List.of(owned), always, triggers, pages, files);
        }

        Shape always(String... names) {
            return new Shape(name, kind, columns, indexes, sequences, List.of(names), triggers, pages, files);
        }

        Shape triggers(String... names) {
            return new Shape(name, kind, columns, indexes, sequences, always, List.of(names), pages, files);
        }

        Shape pages(long number) {
            return new Shape(name, kind, columns, indexes, sequences, always, triggers, number, files);
        }

        Shape files(DataFile... all) {
            return new Shape(name, kind, columns, indexes, sequences, always, triggers, pages, List.of(all));
        }

        Shape partitioned() {
            return new Shape(
                    name, TableShape.Kind.PARTITIONED, columns, indexes, sequences, always, triggers, pages, files);
        }

        TableShape make() {
            return new TableShape(
                    name,
                    kind,
                    columns,
                    indexes,
                    sequences,
                    false,
                    false,
                    false,
                    false,
                    Set.of(TableShape.Right.values()),
                    always,
                    triggers,
                    pages * 50,
                    pages * 8192,
                    pages,
                    files);
        }
    }

    /** Settings that differ from the default in what plans are made of. */
    record Given(boolean reconcile, boolean dryRun, boolean delete, boolean consistentRun, String zone) {
        static final Given DEFAULT = new Given(false, false, true, true, null);

        SyncConfig make() {
            var usual = SyncConfig.DEFAULT;
            return new SyncConfig(
                    usual.schemas(),
                    usual.include(),
                    usual.exclude(),
                    usual.timestamps(),
                    2,
                    500,
                    false,
                    reconcile,
                    dryRun,
                    delete,
                    40,
                    true,
                    consistentRun,
                    usual.overlap(),
                    zone,
                    false,
                    usual.keepHistory(),
                    usual.tables());
        }
    }
}
