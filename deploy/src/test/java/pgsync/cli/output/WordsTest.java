package pgsync.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @Test
    void numbers_look_the_same_in_every_locale() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            assertThat(Words.number(1_204)).isEqualTo("1,204");
            assertThat(Words.took(Duration.ofMillis(1500))).isEqualTo("1.5 s");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0       | 0 bytes
                    1       | 1 byte
                    1023    | 1,023 bytes
                    1024    | 1.0 kB
                    1048575 | 1.0 MB
                    1572864 | 1.5 MB
                    1099511627776 | 1.0 TB
                    """)
    void bytes_have_a_fitting_unit(long bytes, String text) {
        assertThat(Words.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"40, 0.0 s", "59949, 59.9 s", "59950, 1 min 0 s", "245000, 4 min 5 s", "7380000, 2 h 3 min"})
    void times_have_a_fitting_unit(long millis, String text) {
        assertThat(Words.took(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23 15:30:40.123456+00, 2026-11-23T15:30:40Z",
        "2026-11-23 15:30:40+00, 2026-11-23T15:30:40Z",
        "2026-11-23T15:30:40Z, 2026-11-23T15:30:40Z",
        "2026-11-23 15:30:40.5, 2026-11-23T15:30:40",
        "2026-11-23, 2026-11-23",
        "infinity, infinity",
        "0044-03-15 12:00:00+00 BC, 0044-03-15 12:00:00+00 BC"
    })
    void a_watermark_is_an_iso_time_to_the_second(String given, String text) {
        assertThat(Words.watermark(given)).isEqualTo(text);
    }
}
