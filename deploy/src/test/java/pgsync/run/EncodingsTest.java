package pgsync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;
import pgsync.task.TableReport;
import pgsync.testground.Oracle;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;

/** Databases of other encodings than UTF8, as far as {@code cases/encodings} cannot say it. */
@Tag("whole-run")
class EncodingsTest {
    private static final TestServer SERVER = TestServers.shared(TestServers.DEFAULT_MAJOR);

    /** On a server that keeps to FIPS 140 it is there and fails; a function that is built in cannot be replaced, but it can be renamed. */
    private static final String FORBID_MD5 = "alter function pg_catalog.md5(%s) rename to md5_that_nobody_calls";

    private static final String ALLOW_MD5 = "alter function pg_catalog.md5_that_nobody_calls(bytea) rename to md5";

    @Test
    void no_digest_between_two_encodings_asks_for_md5() {
        try (var ground = SyncGround.fresh();
                var latin = new Encoded("LATIN1")) {
            ground.through(SERVER.url(latin.name), ground.targetUrl());
            var table = "create table word (k text primary key, v text)";
            SERVER.sql(latin.name, table, FORBID_MD5.formatted("bytea"), FORBID_MD5.formatted("text"));
            ground.onTarget(table, FORBID_MD5.formatted("bytea"), FORBID_MD5.formatted("text"));
            SERVER.sql(latin.name, "insert into word select 'é' || i, 'ü' from generate_series(1, 100) i");
            ground.sync().done();
            SERVER.sql(latin.name, "update word set v = 'ß' where k = 'é7'", "delete from word where k = 'é8'");

            var second = ground.sync().done();

            assertThat(second.upserted()).isEqualTo(1);
            assertThat(second.deleted()).isEqualTo(1);
            SERVER.sql(latin.name, ALLOW_MD5);
            ground.onTarget(ALLOW_MD5);
            assertThat(Oracle.compare(SERVER, latin.name, SERVER, ground.targetName())
                            .differences())
                    .isEmpty();
        }
    }

    /** Read as UTF-8 it would be another name, or the name of two tables. */
    @Test
    void a_name_that_is_no_text_stops_the_run_before_anything_is_written() {
        try (var ground = SyncGround.fresh();
                var source = new Encoded("SQL_ASCII");
                var target = new Encoded("SQL_ASCII")) {
            ground.through(SERVER.url(source.name), SERVER.url(target.name));
            for (var side : new Encoded[] {source, target}) {
                SERVER.sql(side.name, "do $$ begin execute e'create table \"\\xe9\" (id int primary key)'; end $$");
            }

            var failure = catchThrowableOfType(StepFailed.class, ground::sync);

            assertThat(failure.trouble()).isEqualTo(Trouble.NO_SUCH_CHARACTER);
            assertThat(failure).hasMessageContaining("invalid byte sequence for encoding \"UTF8\"");
            assertThat(SERVER.count(target.name, "select count(*) from pg_namespace where nspname = 'pgsync'"))
                    .isZero();
        }
    }

    @Test
    void a_byte_that_its_encoding_does_not_define_fails_its_table_and_no_character_takes_its_place() {
        try (var ground = SyncGround.fresh();
                var source = new Encoded("WIN1252");
                var target = new Encoded("WIN1252")) {
            ground.through(SERVER.url(source.name), SERVER.url(target.name));
            for (var side : new Encoded[] {source, target}) {
                SERVER.sql(side.name, "create table word (id int primary key, v text); create table fine (id int)");
            }
            SERVER.sql(source.name, "insert into word values (1, 'é'), (2, e'\\x81')", "insert into fine values (1)");

            var ran = ground.sync();

            assertThat(ran.table("word").status()).isEqualTo(TableReport.Status.FAILED);
            assertThat(ran.table("word").error())
                    .contains("in encoding \"WIN1252\" has no equivalent in encoding \"UTF8\"")
                    .doesNotContain("0x81");
            assertThat(SERVER.count(target.name, "select count(*) from word")).isZero();
            assertThat(SERVER.count(target.name, "select count(*) from fine")).isEqualTo(1);
        }
    }

    private record Encoded(String encoding, String name) implements AutoCloseable {
        Encoded(String encoding) {
            this(encoding, "encoded_" + java.util.UUID.randomUUID());
            SERVER.sql(
                    TestServer.USER,
                    "create database \"%s\" template template0 encoding '%s' lc_collate 'C' lc_ctype 'C'"
                            .formatted(name, encoding));
        }

        @Override
        public void close() {
            SERVER.dropDatabase(name);
        }
    }
}
