package pgsync.testground.random;

import static pgsync.testground.random.ValueType.keyable;
import static pgsync.testground.random.ValueType.plain;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The types a random schema chooses from. */
final class ValueTypes {
    /** Needed before any table, on both sides. */
    static final List<String> DEFINITIONS = List.of("""
            create type random_mood as enum ('sad', 'ok', 'it''s', 'com,ma', 'Quo"te', ' ', 'ÜBER')
            """, """
            create domain random_count as int check (value >= 0)
            """, """
            create domain random_word as text check (length(value) < 100)
            """, """
            create type random_pair as (n int, "odd ""name" text)
            """, """
            create type random_nest as (pair random_pair, many random_pair[], at timestamptz)
            """, """
            create collation random_nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)
            """);

    private static final List<String> ODD_TEXTS = List.of(
            "",
            " ",
            "  blanks  ",
            "NULL",
            "null",
            "\\N",
            "\\.",
            "\\",
            "a\tb",
            "a\nb",
            "a\r\nb",
            "it's",
            "\"quoted\"",
            "{a,b}",
            "(a,b)",
            "😀 astral",
            "Z\u0351\u036b\u0343",
            "\u202eright to left",
            "\u0001\u001f\u007f",
            "ß",
            "SS",
            "straße",
            "é",
            "e\u0301",
            "\uFFFD\uFEFF",
            "%s $1 ? ; --");

    private static final List<String> ORDINARY_TEXTS =
            List.of("a", "A", "b", "B", "-a", "_a", "a-b", "ab", "äb", "Äb", "zz", "0", "9", "10");

    static final ValueType INT = keyable("int", List.of("-2147483648", "2147483647", "0"), c -> small(c, 2_000))
            .orWider("bigint", "numeric");
    static final ValueType TIMESTAMPTZ = keyable(
            "timestamptz",
            List.of(
                    "infinity",
                    "-infinity",
                    "4714-11-24 00:00:00+00 BC",
                    "294276-12-31 23:59:59.999999+00",
                    "2024-10-27 02:30:00+02",
                    "2024-10-27 02:30:00+01"),
            c -> "20%02d-%02d-%02d %02d:%02d:%02d.%06d+00"
                    .formatted(
                            c.below(60),
                            c.between(1, 12),
                            c.between(1, 28),
                            c.below(24),
                            c.below(60),
                            c.below(60),
                            c.below(1_000_000)));
    private static final ValueType DATE = keyable(
            "date",
            List.of("infinity", "-infinity", "4713-01-01 BC", "5874897-12-31", "0001-12-31 BC"),
            c -> "20%02d-%02d-%02d".formatted(c.below(60), c.between(1, 12), c.between(1, 28)));
    private static final ValueType TEXT = keyable("text", ODD_TEXTS, ValueTypes::word);
    private static final ValueType NUMERIC = keyable(
            "numeric",
            List.of("NaN", "Infinity", "-Infinity", "1.0", "1.00", "1", "0.000", "1e900", "-1e-900"),
            c -> small(c, 10_000) + "." + c.below(1_000));
    private static final ValueType BYTEA =
            keyable("bytea", List.of("\\x", "\\x00", "\\x5c2e", "\\x0a0d09"), c -> "\\x" + c.hex(c.between(1, 12)));
    private static final ValueType UUID = keyable(
            "uuid",
            List.of("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
            c -> c.hex(16));
    private static final ValueType MOOD = keyable(
            "public.random_mood", List.of("it's", "Quo\"te", " "), c -> c.of(List.of("sad", "ok", "com,ma", "ÜBER")));

    /** For keys, for the columns of foreign keys and for any other column. */
    static final List<ValueType> KEYS = List.of(
            INT,
            INT,
            keyable("bigint", List.of("-9223372036854775808", "9223372036854775807"), c -> Long.toString(c.number()))
                    .orWider("numeric"),
            keyable("smallint", List.of("-32768", "32767"), c -> small(c, 500)).orWider("int", "bigint"),
            NUMERIC,
            keyable("numeric(20,4)", List.of("NaN", "-0.0001", "9999999999999999.9999"), c -> small(c, 9_999) + ".25")
                    .orWider("numeric(30,4)"),
            TEXT,
            TEXT.collated("C"),
            TEXT.collated("und-x-icu"),
            new ValueType(
                    "text collate public.random_nocase",
                    "text",
                    true,
                    List.of("a", "Ab", "SS"),
                    ValueTypes::word,
                    List.of()),
            keyable("varchar(40)", ODD_TEXTS, ValueTypes::word).orWider("varchar(80)", "text"),
            keyable("char(6)", List.of("", "a", "a  "), c -> c.hex(3)),
            keyable("name", List.of("", "Some name"), c -> c.hex(8)),
            keyable("\"char\"", List.of("", "A"), c -> Character.toString((char) c.between('!', '~'))),
            BYTEA,
            UUID,
            UUID,
            DATE,
            TIMESTAMPTZ,
            keyable(
                    "timestamp",
                    List.of("infinity", "4714-11-24 00:00:00 BC", "294276-12-31 23:59:59.999999"),
                    c -> "2024-%02d-%02d 00:00:00.%06d"
                            .formatted(c.between(1, 12), c.between(1, 28), c.below(1_000_000))),
            keyable(
                    "time",
                    List.of("00:00:00", "24:00:00", "23:59:59.999999"),
                    c -> "%02d:%02d".formatted(c.below(24), c.below(60))),
            keyable(
                    "interval",
                    List.of("1 mon", "30 days", "720 hours", "-178000000 years", "178000000 years"),
                    c -> small(c, 5_000) + " minutes"),
            keyable("boolean", List.of(), c -> c.oneIn(2) ? "t" : "f"),
            keyable(
                    "real",
                    List.of("NaN", "Infinity", "-Infinity", "-0", "0", "1e-45", "3.4028235e38"),
                    c -> small(c, 999) + ".1"),
            keyable(
                    "double precision",
                    List.of("NaN", "Infinity", "-0", "0", "5e-324", "1.7976931348623157e308"),
                    c -> small(c, 999) + ".3"),
            MOOD,
            keyable("public.random_count", List.of("0", "2147483647"), c -> Integer.toString(c.below(2_000))),
            keyable("public.random_word", List.of("", "it's", "NULL"), ValueTypes::word),
            keyable(
                    "inet",
                    List.of("::/0", "0.0.0.0/0", "::ffff:1.2.3.4"),
                    c -> "10.%d.%d.%d".formatted(c.below(256), c.below(256), c.below(256))),
            keyable("bit(9)", List.of("000000000", "111111111"), c -> bits(c, 9)),
            keyable(
                    "int[]",
                    List.of("{}", "{NULL}", "[0:1]={1,2}", "{{1,2},{3,4}}"),
                    c -> "{%s,%s}".formatted(small(c, 99), small(c, 99))),
            keyable(
                    "int4range",
                    List.of("empty", "(,)", "[1,1]", "(,5)"),
                    c -> "[%d,%d)".formatted(c.below(99), c.between(100, 999))),
            keyable(
                    "jsonb",
                    List.of("null", "{}", "[]", "1.0", "1.00"),
                    c -> "{\"k\": %s, \"l\": [\"%s\"]}".formatted(small(c, 99), c.hex(2))),
            keyable(
                    "public.random_pair",
                    List.of("(,)", "(0,)", "(1,\"\")"),
                    c -> "(%s,\"%s\")".formatted(small(c, 99), c.hex(2))),
            keyable("pg_lsn", List.of("0/0", "FFFFFFFF/FFFFFFFF"), c -> "%s/%s".formatted(c.hex(1), c.hex(3))),
            keyable("oid", List.of("0", "4294967295"), c -> Integer.toString(c.below(9_999))));

    /** For columns that no index and no foreign key touches. */
    private static final List<ValueType> VALUES_ONLY = List.of(
            new ValueType(
                    "numeric",
                    "numeric",
                    false,
                    List.of("9".repeat(5_000) + ".1", "1." + "0".repeat(500), "1e-16000"),
                    c -> small(c, 99),
                    List.of()),
            plain("text", List.of("long ".repeat(5_000), "\\x"), ValueTypes::word),
            plain(
                    "json",
                    List.of("null", "{\"a\":1,\"a\":2}", "{ \"a\" : 1 }", "{\"a\":1}"),
                    c -> "{\"b\": \"%s\"}".formatted(c.hex(2))),
            plain("xml", List.of("", "<a/>", "<a></a>", "text &amp; <b>more</b>"), c -> "<n>" + small(c, 99) + "</n>"),
            plain(
                    "point",
                    List.of("(NaN,0)", "(-0,0)", "(Infinity,1e-300)"),
                    c -> "(%s,%s)".formatted(small(c, 99), small(c, 99))),
            plain("box", List.of("(1,1),(0,0)"), c -> "(%s,%s),(0,0)".formatted(small(c, 9), small(c, 9))),
            plain("circle", List.of("<(0,0),0>"), c -> "<(%s,0),%d>".formatted(small(c, 9), c.below(9))),
            plain("polygon", List.of("((0,0))"), c -> "((0,0),(1,%s),(2,0))".formatted(small(c, 9))),
            plain("path", List.of("[(0,0),(1,1)]", "((0,0),(1,1))"), c -> "[(0,0),(%s,1)]".formatted(small(c, 9))),
            plain("money", List.of("-92233720368547758.08", "92233720368547758.07", "0"), c -> small(c, 9_999) + ".05"),
            plain(
                    "timetz",
                    List.of("24:00:00-15:59", "00:00:00+15:59", "12:00:00+00"),
                    c -> "%02d:00+02".formatted(c.below(24))),
            plain("varbit", List.of("", "1"), c -> bits(c, c.between(1, 20))),
            plain("cidr", List.of("::/0", "192.168.0.0/16"), c -> "10.%d.0.0/16".formatted(c.below(256))),
            plain("macaddr8", List.of("ff:ff:ff:ff:ff:ff:ff:ff"), c -> c.hex(8)),
            plain(
                    "text[]",
                    List.of("{}", "{NULL,\"NULL\",\"\"}", "[-1:0]={\"a,b\",\"\\\"\"}", "{{a},{b}}"),
                    c -> "{%s}".formatted(c.hex(3))),
            plain("numeric[]", List.of("{NaN,1.0,1.00,NULL}"), c -> "{%s}".formatted(small(c, 99))),
            plain("public.random_mood[]", List.of("{\"it's\",\"Quo\\\"te\"}"), c -> "{sad,\" \"}"),
            plain(
                    "public.random_nest",
                    List.of("(,,)", "(\"(1,\"\"a\"\")\",\"{}\",infinity)"),
                    c -> "(\"(%s,)\",,)".formatted(small(c, 99))),
            plain(
                    "public.random_pair[]",
                    List.of("{}", "{\"(1,\\\"x y\\\")\",NULL}"),
                    c -> "{\"(%s,z)\"}".formatted(small(c, 99))),
            plain(
                    "tstzrange",
                    List.of("empty", "(,infinity]", "[-infinity,infinity]"),
                    c -> "[2024-01-%02d,)".formatted(c.between(1, 28))),
            plain("numrange", List.of("[1.0,1.00]", "(,)"), c -> "(%s,10000]".formatted(small(c, 999))),
            plain("nummultirange", List.of("{}", "{(,1),[2.0,3.00]}"), c -> "{[%d,100)}".formatted(c.below(99))),
            plain("tsvector", List.of("", "'it''s':1A 'b':2"), c -> c.hex(2) + ":1 " + c.hex(2) + ":2B"),
            plain("tsquery", List.of("", "'a' & !'b'"), c -> "'" + c.hex(2) + "'"),
            plain("jsonpath", List.of("$"), c -> "$.\"%s\"".formatted(c.hex(2))),
            plain("xid8", List.of("0", "18446744073709551615"), c -> Integer.toString(c.below(99_999))));

    static final List<ValueType> ALL =
            Stream.concat(KEYS.stream(), VALUES_ONLY.stream()).toList();

    /** For the column by which a table is partitioned by hash. */
    static final List<ValueType> HASHED = List.of(INT, TEXT, UUID, TIMESTAMPTZ, BYTEA, NUMERIC);

    static final ValueType RANGED =
            keyable("int", List.of("-1000", "0", "100"), c -> Integer.toString(c.between(-50, 150)));
    static final ValueType LISTED = MOOD;

    private ValueTypes() {}

    private static String small(Chance chance, int below) {
        return (chance.oneIn(4) ? "-" : "") + chance.below(below);
    }

    private static String word(Chance chance) {
        return chance.oneIn(3)
                ? chance.of(ORDINARY_TEXTS)
                : chance.of(ORDINARY_TEXTS) + chance.hex(2).toUpperCase(Locale.ROOT);
    }

    private static String bits(Chance chance, int length) {
        var text = new StringBuilder();
        for (var i = 0; i < length; i++) {
            text.append(chance.below(2));
        }
        return text.toString();
    }
}
