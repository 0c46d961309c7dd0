package pgsync.sql;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import org.jspecify.annotations.Nullable;

/**
 * For JSON that goes to a terminal, or is read line by line. JSON leaves more as it is than its readers bear: to many of them the next
 * line begins after U+0085 or U+2028 too, and a terminal turns around what follows U+202E. A reader of JSON gets the same text either way.
 */
public final class JsonEscapes extends CharacterEscapes {
    public static final JsonEscapes UNPRINTABLE = new JsonEscapes();

    private static final long serialVersionUID = 1L;
    private static final int DELETE = 0x7F;

    private JsonEscapes() {}

    @Override
    public int[] getEscapeCodesForAscii() {
        var codes = standardAsciiEscapesForJSON();
        codes[DELETE] = ESCAPE_STANDARD;
        return codes;
    }

    /** Half of a character beyond U+FFFF stays: none of those breaks a line. */
    @Override
    public @Nullable SerializableString getEscapeSequence(int unit) {
        return Quoted.isPrintable(unit) || Character.isSurrogate((char) unit)
                ? null
                : new SerializedString("\\u%04X".formatted(unit));
    }
}
