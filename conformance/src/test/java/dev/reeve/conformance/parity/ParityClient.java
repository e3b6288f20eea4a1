package dev.reeve.conformance.parity;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorInfo;
import dev.reeve.wire.cordum.v1.CordumApiGrpc;
import dev.reeve.wire.mathison.MathisonServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Calls a submit over gRPC, its messages in proto JSON. Thread-safe.
final class ParityClient implements AutoCloseable {
  private static final long SUBMIT_SECONDS_MAX = 20;

  /// Mathison's answer is the result, and a job that nobody runs has none: its caller hangs up.
  private static final long RUN_SECONDS_MAX = 2;

  private final ManagedChannel channel;

  ParityClient(String address) {
    channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
  }

  /// The answer, or the refusal as `{code, reason, detail, metadata}`; nothing when the deadline
  /// came before either.
  ///
  /// @param ends whether the job comes to an end by itself
  Optional<JsonObject> submit(Via via, String request, Map<String, String> headers, boolean ends) {
    long seconds = ends || via != Via.MATHISON ? SUBMIT_SECONDS_MAX : RUN_SECONDS_MAX;
    try {
      return Optional.of(call(method(via), request, headers, seconds));
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED
          ? Optional.empty()
          : Optional.of(problem(e));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(request, e);
    }
  }

  private static MethodDescriptor<? extends Message, ? extends Message> method(Via via) {
    return switch (via) {
      case MATHISON -> MathisonServiceGrpc.getRunJobMethod();
      case EIGEN_SEED -> dev.reeve.wire.eigen_api.v1.JobServiceGrpc.getSubmitJobMethod();
      case EIGEN_LATER -> dev.reeve.wire.eigen.api.v1.JobServiceGrpc.getSubmitJobMethod();
      case CORDUM -> CordumApiGrpc.getSubmitJobMethod();
      case REEVE, REEVE_JSON -> dev.reeve.wire.reeve.v1.JobServiceGrpc.getSubmitJobMethod();
    };
  }

  private <Q extends Message, R extends Message> JsonObject call(
      MethodDescriptor<Q, R> method, String json, Map<String, String> headers, long seconds)
      throws InvalidProtocolBufferException {
    PrototypeMarshaller<Q> requests = (PrototypeMarshaller<Q>) method.getRequestMarshaller();
    Q empty = Objects.requireNonNull(requests.getMessagePrototype());
    Message.Builder builder = empty.newBuilderForType();
    JsonFormat.parser().merge(json, builder);
    Metadata metadata = new Metadata();
    headers.forEach((key, value) ->
        metadata.put(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER), value));
    R answer =
        ClientCalls.blockingUnaryCall(
            ClientInterceptors.intercept(
                channel, MetadataUtils.newAttachHeadersInterceptor(metadata)),
            method,
            CallOptions.DEFAULT.withDeadlineAfter(seconds, TimeUnit.SECONDS),
            requests.getMessageClass().cast(builder.build()));
    return JsonParser.parseString(JsonFormat.printer().preservingProtoFieldNames().print(answer))
        .getAsJsonObject();
  }

  private static JsonObject problem(StatusRuntimeException refusal) {
    JsonObject problem = new JsonObject();
    problem.addProperty("code", refusal.getStatus().getCode().name());
    problem.addProperty("detail", String.valueOf(refusal.getStatus().getDescription()));
    problem.addProperty("reason", "");
    com.google.rpc.Status status = StatusProto.fromThrowable(refusal);
    if (status != null) {
      status.getDetailsList().stream()
          .filter(detail -> detail.is(ErrorInfo.class))
          .map(ParityClient::info)
          .forEach(info -> {
            JsonObject facts = new JsonObject();
            info.getMetadataMap().forEach(facts::addProperty);
            problem.addProperty("reason", info.getReason());
            problem.add("metadata", facts);
          });
    }
    return problem;
  }

  private static ErrorInfo info(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a refusal carries a broken ErrorInfo", e);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
