package dev.reeve.gateway.cordum;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.RestApi.Answer;
import dev.reeve.gateway.RestApi.Calls;
import dev.reeve.wire.reeve.v1.CapServiceGrpc;
import dev.reeve.wire.reeve.v1.ReadMemoryRequest;
import dev.reeve.wire.reeve.v1.ReadMemoryResponse;
import dev.reeve.wire.reeve.v1.WriteMemoryRequest;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// The bytes behind pointers on the contract's HTTP surface.
final class RestMemory {
  static final Map<String, RestRoute> ROUTES =
      Map.of(
          "GET memory", RestMemory::readMemory,
          "PUT memory", RestMemory::writeMemory,
          "POST memory", RestMemory::writeMemory,
          "POST artifacts", RestMemory::artifact);

  private static final String POINTER = "redis://";

  private RestMemory() {}

  /// What is behind the pointer to a job's input or released result.
  ///
  /// @param kind `ctx` or `res`
  static CompletableFuture<ReadMemoryResponse> read(String kind, String jobId, Calls calls) {
    return calls.call(
        CapServiceGrpc.getReadMemoryMethod(),
        ReadMemoryRequest.newBuilder().setPtr(POINTER + kind + ":" + jobId).build());
  }

  private static CompletableFuture<Answer> readMemory(RestRoute.Call call) {
    String pointer = pointer(call);
    return call.calls()
        .call(
            CapServiceGrpc.getReadMemoryMethod(),
            ReadMemoryRequest.newBuilder().setPtr(pointer).build())
        .thenApply(read ->
            call.request().accept().equals("application/octet-stream")
                ? new Answer(
                    200,
                    call.request().accept(),
                    Bytes.wrap(read.getContent().toByteArray()),
                    Map.of())
                : Answer.json(200, memory(pointer, read).toString()));
  }

  private static JsonObject memory(String pointer, ReadMemoryResponse read) {
    JsonObject out = new JsonObject();
    out.addProperty("pointer", pointer);
    out.addProperty("key", pointer.substring(POINTER.length()));
    out.addProperty("size_bytes", read.getContent().size());
    out.addProperty("base64", Base64.getEncoder().encodeToString(read.getContent().toByteArray()));
    RestJobs.addViews(out, read);
    return out;
  }

  private static CompletableFuture<Answer> writeMemory(RestRoute.Call call) {
    return write(pointer(call), call.request().body(), call.calls())
        .thenApply(out -> Answer.json(200, out.toString()));
  }

  private static CompletableFuture<Answer> artifact(RestRoute.Call call) {
    JsonObject body = RestJson.object(call.request().body());
    Bytes content = artifactContent(body);
    String pointer = "redis://art:" + UUID.randomUUID();
    return write(pointer, content, call.calls())
        .thenApply(_ -> {
          JsonObject out = new JsonObject();
          out.addProperty("artifact_ptr", pointer);
          out.addProperty("size_bytes", content.size());
          return Answer.json(200, out.toString());
        });
  }

  private static Bytes artifactContent(JsonObject body) {
    JsonElement encoded = body.get("content_base64");
    if (encoded instanceof JsonPrimitive text && text.isString()) {
      try {
        return Bytes.wrap(Base64.getDecoder().decode(text.getAsString()));
      } catch (IllegalArgumentException e) {
        throw GatewayProblems.REQUEST_INVALID
            .field("content_base64", text.getAsString(), "Base64")
            .toException();
      }
    }
    if (body.get("content") instanceof JsonPrimitive text && text.isString()) {
      return Bytes.utf8(text.getAsString());
    }
    throw GatewayProblems.REQUEST_INVALID
        .field("content_base64", "", "Base64, or text in content")
        .toException();
  }

  private static CompletableFuture<JsonObject> write(String pointer, Bytes content, Calls calls) {
    return calls
        .call(
            CapServiceGrpc.getWriteMemoryMethod(),
            WriteMemoryRequest.newBuilder()
                .setPtr(pointer)
                .setContent(ByteString.copyFrom(content.unsafeArray()))
                .build())
        .thenApply(written -> {
          JsonObject out = new JsonObject();
          out.addProperty("pointer", written.getPtr());
          out.addProperty("size_bytes", written.getSizeBytes());
          out.addProperty("sha256", written.getSha256());
          return out;
        });
  }

  /// `ptr` with the scheme, or `key` without.
  private static String pointer(RestRoute.Call call) {
    String given = call.parameter("ptr");
    String pointer = given.isEmpty() ? call.parameter("key") : given;
    return pointer.startsWith(POINTER) ? pointer : POINTER + pointer;
  }
}
