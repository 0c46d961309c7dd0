package pgsync.worker.move;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows with one stamp share a transaction: taking two stamps for one makes it long, one for two loses rows when it breaks. */
class SameFirstColumnTest {
    @ParameterizedTest
    @CsvSource({
        "'a\tx\n', 'a\ty\n', true",
        "'a\n', 'a\n', true",
        "'a\tx\n', 'b\tx\n', false",
        "'a\tx\n', 'ab\tx\n', false",
        "'ab\tx\n', 'a\tx\n', false",
        "'\tx\n', '\ty\n', true",
        // NULL is equal to nothing, not to another NULL either; a text that begins with a backslash is written with
        // two.
        "'\\N\tx\n', '\\N\tx\n', false",
        "'\\\\N\tx\n', '\\\\N\tx\n', true",
        "'N\tx\n', 'N\ty\n', true",
    })
    void of_text(String one, String other, boolean expected) {
        assertThat(RowStream.sameFirstColumn(RowFormat.TEXT, bytes(one), bytes(other)))
                .isEqualTo(expected);
    }

    @Test
    void a_row_that_ends_inside_its_first_column_is_like_no_other() {
        assertThat(RowStream.sameFirstColumn(RowFormat.TEXT, bytes("ab"), bytes("ab")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "abcd, x, abcd, y, true",
        "abcd, x, abce, x, false",
        "abcd, x, bbcd, x, false",
        "abcd, x, abcde, x, false",
        "abcde, x, abcd, x, false",
        "'', x, '', y, true",
    })
    void of_binary(String one, String oneRest, String other, String otherRest, boolean expected) {
        assertThat(RowStream.sameFirstColumn(RowFormat.BINARY, binary(one, oneRest), binary(other, otherRest)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"128", "256", "40000", "70000"})
    void of_binary_values_whose_length_takes_more_than_one_byte(int length) {
        var value = "v".repeat(length);

        assertThat(RowStream.sameFirstColumn(RowFormat.BINARY, binary(value + "a", "x"), binary(value + "a", "y")))
                .isTrue();
        assertThat(RowStream.sameFirstColumn(RowFormat.BINARY, binary(value + "a", "x"), binary(value + "b", "x")))
                .isFalse();
    }

    @Test
    void a_null_in_binary_is_equal_to_nothing() {
        assertThat(RowStream.sameFirstColumn(RowFormat.BINARY, binaryNull(), binaryNull()))
                .isFalse();
    }

    @Test
    void a_value_that_the_other_row_is_too_short_for_is_another() {
        assertThat(RowStream.sameFirstColumn(RowFormat.BINARY, binary("abcdefgh", ""), new byte[] {0, 1, 0, 0, 0, 0}))
                .isFalse();
        assertThat(RowStream.sameFirstColumn(RowFormat.BINARY, alone("abc"), alone("abc")))
                .isTrue();
    }

    @Test
    void the_first_column_alone_is_like_its_row() {
        assertThat(RowStream.firstColumn(RowFormat.TEXT, bytes("ab\tc\n"))).isEqualTo(bytes("ab\t"));
        assertThat(RowStream.firstColumn(RowFormat.TEXT_AS_STORED, bytes("ab\n")))
                .isEqualTo(bytes("ab\n"));
        assertThat(RowStream.firstColumn(RowFormat.BINARY, binaryNull())).isEqualTo(binaryNull());
        for (var length : new int[] {3, 300, 70_000}) {
            var row = binary("v".repeat(length), "x");
            var first = RowStream.firstColumn(RowFormat.BINARY, row);
            assertThat(first).hasSize(6 + length);
            assertThat(RowStream.sameFirstColumn(RowFormat.BINARY, first, row)).isTrue();
        }
    }

    /** Two columns: number of fields, then length and value of each. */
    private static byte[] binary(String first, String second) {
        var row = new ByteArrayOutputStream();
        row.writeBytes(new byte[] {0, 2});
        row.writeBytes(field(first));
        row.writeBytes(field(second));
        return row.toByteArray();
    }

    private static byte[] alone(String only) {
        var row = new ByteArrayOutputStream();
        row.writeBytes(new byte[] {0, 1});
        row.writeBytes(field(only));
        return row.toByteArray();
    }

    private static byte[] binaryNull() {
        return new byte[] {0, 1, -1, -1, -1, -1};
    }

    private static byte[] field(String value) {
        var content = bytes(value);
        return ByteBuffer.allocate(4 + content.length)
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
