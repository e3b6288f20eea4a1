package dev.reeve.gateway.openai;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.gateway.CallFacts;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.PacedStream;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.ServedTenants;
import dev.reeve.service.Futures;
import dev.reeve.service.provider.CallModel;
import dev.reeve.service.provider.CallModel.Reply;
import dev.reeve.service.provider.CancelSignal;
import dev.reeve.service.provider.ModelOperation;
import dev.reeve.service.provider.ModelReading;
import dev.reeve.service.provider.ProviderDirectory;
import dev.reeve.wire.reeve.v1.ChatRequest;
import dev.reeve.wire.reeve.v1.ChatResponse;
import dev.reeve.wire.reeve.v1.CompleteRequest;
import dev.reeve.wire.reeve.v1.CompleteResponse;
import dev.reeve.wire.reeve.v1.EmbedRequest;
import dev.reeve.wire.reeve.v1.EmbedResponse;
import dev.reeve.wire.reeve.v1.ListModelsRequest;
import dev.reeve.wire.reeve.v1.ListModelsResponse;
import dev.reeve.wire.reeve.v1.ListProvidersRequest;
import dev.reeve.wire.reeve.v1.ListProvidersResponse;
import dev.reeve.wire.reeve.v1.ModelCall;
import dev.reeve.wire.reeve.v1.ModelCallHead;
import dev.reeve.wire.reeve.v1.ModelServiceGrpc;
import dev.reeve.wire.reeve.v1.ModelUsage;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `reeve.v1.ModelService`. Nobody waits for a provider's whole answer; a stream is read on a
/// virtual thread of its own.
final class ModelHandlers extends ModelServiceGrpc.ModelServiceImplBase {
  private static final Logger log = LoggerFactory.getLogger(ModelHandlers.class);

  private final CallModel calls;
  private final ProviderDirectory providers;
  private final ServedTenants tenants;
  private final Executor blocking;
  private final Replies replies;

  ModelHandlers(
      CallModel calls,
      ProviderDirectory providers,
      ServedTenants tenants,
      Executor blocking,
      Replies replies) {
    this.calls = calls;
    this.providers = providers;
    this.tenants = tenants;
    this.blocking = blocking;
    this.replies = replies;
  }

  /// How the parts of an answer become messages of a method.
  private interface Shape<R> {
    R whole(ModelCallHead head, ByteString body, ModelUsage usage);

    R head(ModelCallHead head);

    R chunk(ByteString body);
  }

  @Override
  public void chat(ChatRequest request, StreamObserver<ChatResponse> observer) {
    call(
        ModelOperation.CHAT,
        request.getCall(),
        observer,
        new Shape<>() {
          @Override
          public ChatResponse whole(ModelCallHead head, ByteString body, ModelUsage usage) {
            return ChatResponse.newBuilder().setHead(head).setBody(body).setUsage(usage).build();
          }

          @Override
          public ChatResponse head(ModelCallHead head) {
            return ChatResponse.newBuilder().setHead(head).setChunk(true).build();
          }

          @Override
          public ChatResponse chunk(ByteString body) {
            return ChatResponse.newBuilder().setBody(body).setChunk(true).build();
          }
        });
  }

  @Override
  public void complete(CompleteRequest request, StreamObserver<CompleteResponse> observer) {
    call(
        ModelOperation.COMPLETION,
        request.getCall(),
        observer,
        new Shape<>() {
          @Override
          public CompleteResponse whole(ModelCallHead head, ByteString body, ModelUsage usage) {
            return CompleteResponse.newBuilder()
                .setHead(head)
                .setBody(body)
                .setUsage(usage)
                .build();
          }

          @Override
          public CompleteResponse head(ModelCallHead head) {
            return CompleteResponse.newBuilder().setHead(head).setChunk(true).build();
          }

          @Override
          public CompleteResponse chunk(ByteString body) {
            return CompleteResponse.newBuilder().setBody(body).setChunk(true).build();
          }
        });
  }

  @Override
  public void embed(EmbedRequest request, StreamObserver<EmbedResponse> observer) {
    call(
        ModelOperation.EMBEDDING,
        request.getCall(),
        observer,
        new Shape<>() {
          @Override
          public EmbedResponse whole(ModelCallHead head, ByteString body, ModelUsage usage) {
            return EmbedResponse.newBuilder().setHead(head).setBody(body).setUsage(usage).build();
          }

          @Override
          public EmbedResponse head(ModelCallHead head) {
            throw new IllegalStateException("embeddings do not stream");
          }

          @Override
          public EmbedResponse chunk(ByteString body) {
            throw new IllegalStateException("embeddings do not stream");
          }
        });
  }

  @Override
  public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> observer) {
    replies.send(observer, () -> ProviderLists.models(providers));
  }

  @Override
  public void listProviders(
      ListProvidersRequest request, StreamObserver<ListProvidersResponse> observer) {
    replies.send(observer, () -> ProviderLists.providers(providers));
  }

  private <R> void call(
      ModelOperation operation, ModelCall request, StreamObserver<R> observer, Shape<R> shape) {
    CallScope scope = CallScope.current();
    CancelSignal cancel = new CancelSignal();
    PacedStream<R> out = new PacedStream<>((ServerCallStreamObserver<R>) observer, cancel::give);
    CallModel.Call call;
    try {
      call = decode(scope, operation, request);
    } catch (ProblemException e) {
      replies.fail(observer, e.problem());
      return;
    }
    CompletableFuture<Reply> started;
    try {
      started = calls.start(call, cancel);
    } catch (RuntimeException e) {
      failed(out, e);
      return;
    }
    Futures.then(
        started, reply -> answer(reply, out, shape), problem -> replies.fail(out.call(), problem));
  }

  private CallModel.Call decode(CallScope scope, ModelOperation operation, ModelCall request) {
    CallFacts facts = CallFacts.of(scope);
    String session =
        request.getSession().isEmpty() ? scope.header("x-session-id") : request.getSession();
    return new CallModel.Call(
        tenants.caller(scope.caller(), "x-tenant-id", ""),
        scope.action().id(),
        UUID.randomUUID().toString(),
        operation,
        Bytes.wrap(request.getBody().toByteArray()),
        "",
        session,
        facts.labels(request.getLabelsMap()),
        facts.riskTags(request.getRiskTagsList()));
  }

  private <R> void answer(Reply reply, PacedStream<R> out, Shape<R> shape) {
    switch (reply) {
      case Reply.Whole whole ->
          out.end(shape.whole(head(whole.head()), bytes(whole.body()), usage(whole)));
      case Reply.Streaming streaming ->
          blocking.execute(() -> {
            try (ModelReading reading = streaming.reading()) {
              send(streaming.head(), reading, out, shape);
            } catch (RuntimeException e) {
              failed(out, e);
            }
          });
    }
  }

  private void failed(PacedStream<?> out, RuntimeException e) {
    if (!(e instanceof ProblemException)) {
      log.error("a call of a model failed", e);
    }
    replies.fail(out.call(), Futures.problem(e));
  }

  private static ModelUsage usage(Reply.Whole whole) {
    return ModelUsage.newBuilder()
        .setPromptTokens(whole.usage().promptTokens())
        .setCompletionTokens(whole.usage().completionTokens())
        .setEstimated(whole.usage().estimated())
        .setCost(whole.cost())
        .build();
  }

  private static <R> void send(
      CallModel.Head head, ModelReading reading, PacedStream<R> out, Shape<R> shape) {
    boolean there = out.send(shape.head(head(head)));
    while (there) {
      Optional<Bytes> chunk = reading.next();
      if (chunk.isEmpty()) {
        out.end();
        return;
      }
      there = out.send(shape.chunk(bytes(chunk.get())));
    }
  }

  private static ModelCallHead head(CallModel.Head head) {
    return ModelCallHead.newBuilder()
        .setRequestId(head.requestId())
        .setProviderId(head.provider())
        .setModel(head.model())
        .setReason(head.reason())
        .setPolicyId(head.policyId())
        .setPolicyVersion(head.policyVersion())
        .setAttempts(head.attempts())
        .putAllMetadata(head.metadata())
        .build();
  }

  private static ByteString bytes(Bytes body) {
    return UnsafeByteOperations.unsafeWrap(body.unsafeArray());
  }
}
