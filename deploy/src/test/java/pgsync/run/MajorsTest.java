package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import pgsync.testground.RandomChanges;
import pgsync.testground.SampleSchema;
import pgsync.testground.TestServers;

/** The product between PostgreSQL servers of different majors. */
class MajorsTest {
    private static final int ORDERS = 500;

    /** Values whose text form or digest differs between majors, in a table that only a comparison of everything keeps in step. */
    private static final String VALUES = """
            create table measured (
                id int primary key, f8 float8, f4 float4, f8s float8[], n numeric, p point, doc json, docb jsonb,
                at timestamptz, day date, took interval, cash money, host inet, bits bit(4), raw bytea, name "char");
            create table unkeyed (f8 float8, f8s float8[], n numeric)
            """;

    @ParameterizedTest
    @CsvSource({"10, 18", "18, 10"})
    @Tag("whole-run")
    void the_oldest_and_the_newest_major_work_with_each_other_both_ways(int source, int target) throws SQLException {
        staysEqual(source, target);
    }

    @ParameterizedTest
    @MethodSource("others")
    @Tag("majors")
    void every_other_major_works_with_the_next_one_and_back(int source, int target) throws SQLException {
        staysEqual(source, target);
    }

    static Stream<Arguments> others() {
        var majors = TestServers.majors();
        return Stream.iterate(1, i -> i < majors.size(), i -> i + 1)
                .flatMap(i -> Stream.of(
                        Arguments.of(majors.get(i - 1), majors.get(i)),
                        Arguments.of(majors.get(i), majors.get(i - 1))));
    }

    private static void staysEqual(int source, int target) throws SQLException {
        Assumptions.assumeTrue(
                isHere(source) && isHere(target), "PostgreSQL %d or %d is not here".formatted(source, target));
        try (var ground = SyncGround.between(source, target)) {
            ground.onBoth(SampleSchema.sql(), VALUES);
            try (var connection = ground.connectSource()) {
                SampleSchema.fill(connection, ORDERS, source);
                fillValues(ground);
                ground.sync().done();
                ground.assertEqual();

                new RandomChanges(target).apply(connection, 300);
            }
            ground.onSource(
                    "update measured set f8 = f8 * 3 where id % 10 = 0", "delete from measured where id % 10 = 1");
            ground.sync().done();
            ground.assertEqual();

            var again = ground.sync().done();
            assertThat(again.upserted()).isZero();
            assertThat(again.deleted()).isZero();
            assertThat(ground.sync("reconcile").done().upserted()).isZero();
        }
    }

    /** Images are built of the default major only, unless others are asked for: see deploy/test-docker.sh. */
    private static boolean isHere(int major) {
        var images = Set.of(
                System.getenv().getOrDefault("PGSYNC_TEST_MAJORS", "15").strip().split("\\s+"));
        return TestServers.inContainers()
                ? images.contains(Integer.toString(major))
                : TestServers.majors().contains(major);
    }

    private static void fillValues(SyncGround ground) {
        ground.onSource(
                """
                insert into measured
                select i, i / 3.0, (i / 7.0)::float4, array[i / 3.0, 1e300 * i, 'NaN'], i / 3.0, point(i / 3.0, 0.1), '{"a": 1,  "a": 2}',
                       '{"b": 1.50, "a": [null]}', timestamptz '1883-11-18 12:00:00+00' + i * interval '1 day 0.000001 s',
                       date '0001-01-01' + i, i * interval '1 mon -2 days 03:00:00.5', i::money, inet '::1' + i, i::bit(4),
                       decode(md5(i::text), 'hex'), 'x'
                  from generate_series(1, 200) i
                """,
                "insert into measured (id, f8, n, at, day) values (1000, '-0', 'NaN', 'infinity', '-infinity')",
                "insert into unkeyed select i / 3.0, array[i / 3.0, 0.1], 1.10 from generate_series(1, 200) i");
    }
}
