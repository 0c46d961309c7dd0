package pgsync.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rows pass through; they are not kept. */
class HeapIT {
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
}
