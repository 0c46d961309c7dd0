package pgsync.cli.output;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import pgsync.sql.JsonEscapes;
import pgsync.task.NodeId;
import pgsync.task.RunId;

/** How a cluster stands as one JSON document on one line: records field by field, as HTTP has them. */
public final class SituationJson {
    private static final JsonMapper MAPPER = JsonMapper.builder(new JsonFactoryBuilder()
                    .characterEscapes(JsonEscapes.UNPRINTABLE)
                    .build())
            .addModule(new SimpleModule()
                    .addSerializer(NodeId.class, ToStringSerializer.instance)
                    .addSerializer(RunId.class, ToStringSerializer.instance))
            .build();

    private SituationJson() {}

    public static String of(Situation situation) {
        try {
            return MAPPER.writeValueAsString(situation);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a situation is plain data", e);
        }
    }
}
