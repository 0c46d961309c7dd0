package pgsync.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pgsync.sql.JsonEscapes;

/** One JSON object on one line, written field by field in the order of the calls. One thread. */
public final class JsonLine {
    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder().characterEscapes(JsonEscapes.UNPRINTABLE).build();

    private final StringWriter text = new StringWriter();
    private final JsonGenerator json;

    public JsonLine() {
        try {
            json = FACTORY.createGenerator(text);
            json.writeStartObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonLine text(String key, @Nullable String value) {
        return write(() -> json.writeStringField(key, value));
    }

    public JsonLine number(String key, long value) {
        return write(() -> json.writeNumberField(key, value));
    }

    public JsonLine flag(String key, boolean value) {
        return write(() -> json.writeBooleanField(key, value));
    }

    public JsonLine object(String key, Consumer<JsonLine> fields) {
        write(() -> json.writeObjectFieldStart(key));
        fields.accept(this);
        return write(json::writeEndObject);
    }

    /** An array of objects. */
    public <T> JsonLine objects(String key, List<T> values, BiConsumer<JsonLine, T> fields) {
        write(() -> json.writeArrayFieldStart(key));
        for (var value : values) {
            write(json::writeStartObject);
            fields.accept(this, value);
            write(json::writeEndObject);
        }
        return write(json::writeEndArray);
    }

    /** The line, without a line break. Nothing can be added afterwards. */
    public String end() {
        write(() -> {
            json.writeEndObject();
            json.close();
        });
        return text.toString();
    }

    private JsonLine write(Writing writing) {
        try {
            writing.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory takes everything", e);
        }
    }

    private interface Writing {
        void run() throws IOException;
    }
}
