package dev.reeve.gateway.cordum;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.reeve.gateway.ProtoJson;
import dev.reeve.service.CheckOutput;
import dev.reeve.wire.cordum.v1.OutputCheckRequest;
import dev.reeve.wire.cordum.v1.OutputPolicyServiceGrpc;
import io.grpc.Channel;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Output checks and their answers as lines of proto JSON, for programs that check without a
/// server, or ask one. Plain text may stand as `output_text` in place of `output_content`.
public final class OutputCheckLines {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private OutputCheckLines() {}

  /// Answers an `OutputCheckRequest` with an `OutputCheckResponse`.
  ///
  /// @throws dev.reeve.base.ProblemException `JSON_INVALID`, naming the member
  public static String answer(CheckOutput check, String line) {
    OutputCheckRequest request = read(line);
    return ProtoJson.line(
        OutputCheckEncoder.encode(
            check.check(OutputCheckDecoder.decode(request, request.getTenant()))));
  }

  /// Has the output policy of a server answer. Blocks; throws what a gRPC stub throws.
  ///
  /// @param channel leads to the server
  /// @param callTimeout longest wait for the answer
  /// @throws dev.reeve.base.ProblemException `JSON_INVALID`, naming the member
  public static String ask(Channel channel, Duration callTimeout, String line) {
    OutputCheckRequest request = read(line);
    return ProtoJson.line(
        OutputPolicyServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(callTimeout.toMillis(), TimeUnit.MILLISECONDS)
            .checkOutput(request));
  }

  private static OutputCheckRequest read(String line) {
    return ProtoJson.read(withContent(line), OutputCheckRequest.newBuilder()).build();
  }

  /// The line with the text as content. What is no JSON object stays as it is, to be refused.
  private static String withContent(String line) {
    if (!line.contains("output_text") && !line.contains("outputText")) {
      return line;
    }
    StringWriter out = new StringWriter(line.length() * 2);
    try (JsonParser in = JSON.createParser(line);
        JsonGenerator copy = JSON.createGenerator(out)) {
      copy(in, copy);
    } catch (JsonProcessingException e) {
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void copy(JsonParser in, JsonGenerator copy) throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      copy.copyCurrentStructure(in);
      return;
    }
    copy.writeStartObject();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      JsonToken value = in.nextToken();
      boolean isText = name.equals("output_text") || name.equals("outputText");
      copy.writeFieldName(isText ? "output_content" : name);
      if (isText && value == JsonToken.VALUE_STRING) {
        byte[] bytes = in.getText().getBytes(StandardCharsets.UTF_8);
        copy.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes, 0, bytes.length);
      } else {
        copy.copyCurrentStructure(in);
      }
    }
    copy.writeEndObject();
    if (in.nextToken() != null) {
      copy.copyCurrentStructure(in);
    }
  }
}
