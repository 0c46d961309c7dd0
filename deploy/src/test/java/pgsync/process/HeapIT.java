package pgsync.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows pass through; they are not kept. */
class HeapIT {
    /** Named in docs/large-rows.md. */
    private static final String HEAP_FOR_100_MB = "384m";

    @Test
    void many_rows_and_rows_of_20_mb_go_through_a_heap_of_128_mb() {
        try (var ground = Ground.fresh()) {
            ground.onBoth(
                    "create table wide (id int primary key, a text, b text, c numeric, d timestamptz, updated_at timestamptz not null default now())",
                    "create table large (id int primary key, body bytea, updated_at timestamptz not null default now())",
                    "alter table large alter body set storage external");
            ground.onSource("""
                    insert into wide select i, repeat(md5(i::text), 8), 'row ' || i, i / 7.0, now(), now()
                      from generate_series(1, 300000) i
                    """, """
                    insert into large select i, decode(repeat(md5(i::text), 655360), 'hex'), now() from generate_series(1, 4) i
                    """, "analyze");

            var copied = ground.sync().heap("128m").run();

            assertThat(copied.code()).as(copied.toString()).isZero();
            ground.assertEqual();
            ground.onSource(
                    "update wide set b = b || ' again', updated_at = now() where id % 3 = 0",
                    "update large set body = body || 'x'::bytea, updated_at = now()");

            var changed = ground.sync().heap("128m").run();

            assertThat(changed.code()).as(changed.toString()).isZero();
            ground.assertEqual();
        }
    }

    @Test
    void however_many_rows_differ_they_are_verified_in_a_heap_of_64_mb() {
        try (var ground = Ground.fresh()) {
            ground.onBoth("create table item (id bigint primary key, a text)", "create table bag (a text)");
            ground.onSource(
                    "insert into item select i, 'source ' || i from generate_series(1, 300000) i",
                    "insert into bag select 'source ' || i from generate_series(1, 300000) i",
                    "analyze");
            ground.onTarget(
                    "insert into item select i, 'target ' || i from generate_series(1, 300000) i",
                    "insert into bag select 'target ' || i from generate_series(1, 300000) i");

            var verified = ground.sync("verify").heap("64m").run();

            assertThat(verified.code()).as(verified.toString()).isEqualTo(3);
            assertThat(verified.err())
                    .contains("public.item - of 300,000 rows: 300,000 different")
                    .contains(
                            "public.bag - of 300,000 rows: 300,000 missing on the target; 300,000 only on the target");
        }
    }

    private static final String BODY_OF_100_MB = "decode(repeat(md5(i::text), 6553600), 'hex')";

    /** In binary a row is as large as its values; where an enum makes it text, a bytea is twice as large and a text is as it was. */
    @Test
    void rows_of_100_mb_are_copied_changed_and_compared_in_the_heap_that_the_docs_name() {
        try (var ground = Ground.fresh()) {
            ground.onBoth(
                    "create type kind as enum ('a', 'b')",
                    "create table huge (id int primary key, body bytea, updated_at timestamptz not null default now())",
                    "create table huge_text (id int primary key, kind kind, body text, updated_at timestamptz not null default now())",
                    "alter table huge alter body set storage external",
                    "alter table huge_text alter body set storage external");
            ground.onSource(
                    "insert into huge select i, %s, now() from generate_series(1, 1) i".formatted(BODY_OF_100_MB),
                    "insert into huge_text select i, 'a', repeat(md5(i::text), 3276800), now() from generate_series(1, 1) i");

            var copied = ground.sync("-parallel", "1").heap(HEAP_FOR_100_MB).run();

            assertThat(copied.code()).as(copied.toString()).isZero();
            assertSameBodies(ground);
            ground.onSource(
                    "update huge set body = body || 'x'::bytea, updated_at = now()",
                    "update huge_text set body = body || 'x', updated_at = now()");

            var changed = ground.sync("-parallel", "1").heap(HEAP_FOR_100_MB).run();

            assertThat(changed.code()).as(changed.toString()).isZero();
            assertSameBodies(ground);
            ground.onSource("update huge set body = body || 'y'::bytea");

            var compared = ground.sync("-parallel", "1", "-reconcile")
                    .heap(HEAP_FOR_100_MB)
                    .run();

            assertThat(compared.code()).as(compared.toString()).isZero();
            assertThat(compared.out()).contains("upserted 1 row,");
            assertSameBodies(ground);
        }
    }

    private static void assertSameBodies(Ground ground) {
        for (var table : List.of("huge", "huge_text")) {
            var query = "select id || md5(body) from " + table + " order by id";
            assertThat(ground.onTargetColumn(query)).isEqualTo(ground.onSourceColumn(query));
        }
    }

    @Test
    void a_row_that_no_heap_or_server_can_hold_fails_its_table_and_no_other() {
        try (var ground = Ground.fresh()) {
            ground.onBoth(
                    "create type kind as enum ('a', 'b')",
                    "create table huge (id int primary key, body bytea)",
                    "create table beyond (id int primary key, kind kind, body bytea)",
                    "create table small (id int primary key)");
            ground.onSource(
                    "insert into huge select i, %s from generate_series(1, 1) i".formatted(BODY_OF_100_MB),
                    "insert into beyond values (1, 'a', convert_to(repeat('x', 600 * 1024 * 1024), 'UTF8'))",
                    "insert into small select generate_series(1, 100)");

            var ended = ground.sync().heap("64m").run();

            assertThat(ended.code()).as(ended.toString()).isEqualTo(1);
            assertThat(ended.out())
                    .contains("public.huge: read public.huge: a row does not fit into the heap of")
                    .contains("raise PGSYNC_HEAP")
                    .contains("public.beyond: read public.beyond: invalid memory alloc request size")
                    .contains("PostgreSQL moves no row of more than 1 GB");
            assertThat(ground.countOnTarget("select count(*) from small")).isEqualTo(100);
            assertThat(ground.countOnTarget("select count(*) from huge")).isZero();
        }
    }
}
