package pgsync.sql;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import pgsync.error.StepFailed;
import pgsync.error.Trouble;

/** Words of ours, and names of the other database, in a database whose encoding may lack their characters. */
public final class AnyEncoding {
    private AnyEncoding() {}

    /**
     * Writes texts as they are, and where the database lacks a character of them, once more in ASCII: a failure that cannot be
     * recorded would be tried again for ever. {@code writing} passes each text through the operator it gets, and leaves nothing
     * behind when it throws.
     */
    public static void write(Consumer<UnaryOperator<String>> writing) {
        try {
            writing.accept(UnaryOperator.identity());
        } catch (StepFailed e) {
            if (e.trouble() != Trouble.NO_SUCH_CHARACTER) {
                throw e;
            }
            writing.accept(AnyEncoding::ascii);
        }
    }

    private static String ascii(String text) {
        var out = new StringBuilder();
        text.replace("…", "...")
                .codePoints()
                .forEach(c -> out.append(c < 128 ? Character.toString(c) : Quoted.code(c)));
        return out.toString();
    }
}
