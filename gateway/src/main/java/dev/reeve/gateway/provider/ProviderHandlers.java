package dev.reeve.gateway.provider;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.gateway.CallFacts;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.PacedStream;
import dev.reeve.gateway.ProviderHops;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.ServedTenants;
import dev.reeve.gateway.TraceIds;
import dev.reeve.service.Caller;
import dev.reeve.service.Futures;
import dev.reeve.service.provider.CallModel;
import dev.reeve.service.provider.CallModel.Reply;
import dev.reeve.service.provider.CancelSignal;
import dev.reeve.service.provider.ModelOperation;
import dev.reeve.service.provider.ModelReading;
import dev.reeve.service.provider.ProviderDirectory;
import dev.reeve.service.provider.ProviderProblems;
import dev.reeve.wire.beamline.provider.v1.ProviderGrpc;
import dev.reeve.wire.beamline.provider.v1.ProviderRequest;
import dev.reeve.wire.beamline.provider.v1.ProviderResponse;
import dev.reeve.wire.beamline.provider.v1.StreamChunk;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `beamline.provider.v1.Provider`. What the provider itself fails at is a status in the answer, as
/// its contract has it; what we refuse is a status of the call.
final class ProviderHandlers extends ProviderGrpc.ProviderImplBase {
  private static final Logger log = LoggerFactory.getLogger(ProviderHandlers.class);

  private final CallModel calls;
  private final ProviderDirectory providers;
  private final ServedTenants tenants;
  private final InstantSource clock;
  private final Executor blocking;
  private final Replies replies;

  ProviderHandlers(
      CallModel calls,
      ProviderDirectory providers,
      ServedTenants tenants,
      InstantSource clock,
      Executor blocking,
      Replies replies) {
    this.calls = calls;
    this.providers = providers;
    this.tenants = tenants;
    this.clock = clock;
    this.blocking = blocking;
    this.replies = replies;
  }

  @Override
  public void invoke(ProviderRequest request, StreamObserver<ProviderResponse> observer) {
    CallScope scope = CallScope.current();
    CancelSignal cancel = new CancelSignal();
    PacedStream<ProviderResponse> out =
        new PacedStream<>((ServerCallStreamObserver<ProviderResponse>) observer, cancel::give);
    blocking.execute(() -> guarded(out, () -> answer(scope, request, cancel, out)));
  }

  @Override
  public void invokeStream(ProviderRequest request, StreamObserver<StreamChunk> observer) {
    CallScope scope = CallScope.current();
    CancelSignal cancel = new CancelSignal();
    PacedStream<StreamChunk> out =
        new PacedStream<>((ServerCallStreamObserver<StreamChunk>) observer, cancel::give);
    blocking.execute(() -> guarded(out, () -> stream(scope, request, cancel, out)));
  }

  private void guarded(PacedStream<?> out, Runnable work) {
    try {
      work.run();
    } catch (ProblemException e) {
      replies.fail(out.call(), e.problem());
    } catch (RuntimeException e) {
      log.error("a call of a provider failed", e);
      replies.fail(out.call(), Futures.problem(e));
    }
  }

  private void answer(
      CallScope scope,
      ProviderRequest request,
      CancelSignal cancel,
      PacedStream<ProviderResponse> out) {
    long start = clock.millis();
    ProviderResponse.Builder response =
        ProviderResponse.newBuilder().setRequestId(request.getMessageId());
    try {
      if (call(scope, request, false, cancel) instanceof Reply.Whole whole) {
        response
            .setStatus("success")
            .setBody(bytes(whole.body()))
            .setCost(whole.cost().isEmpty() ? 0 : Double.parseDouble(whole.cost()))
            .putMetadata("provider_id", whole.head().provider())
            .putMetadata("model", whole.head().model())
            .putMetadata("call_id", whole.head().requestId())
            .putMetadata("prompt_tokens", Long.toString(whole.usage().promptTokens()))
            .putMetadata("completion_tokens", Long.toString(whole.usage().completionTokens()));
      }
    } catch (ProblemException e) {
      String status = e.problem().metadata().getOrDefault("error_class", "");
      if (status.isEmpty()) {
        throw e;
      }
      failed(response, status, e.problem());
    }
    long end = clock.millis();
    out.end(response.setLatencyMs(Math.max(0, end - start)).setTimestampMs(end).build());
  }

  private static void failed(ProviderResponse.Builder response, String status, Problem problem) {
    response
        .setStatus(status.equals("timeout") ? "timeout" : "error")
        .setErrorCode(problem.reason())
        .setErrorMessage(problem.message())
        .putMetadata("error_class", status);
  }

  private void stream(
      CallScope scope, ProviderRequest request, CancelSignal cancel, PacedStream<StreamChunk> out) {
    if (!(call(scope, request, true, cancel) instanceof Reply.Streaming streaming)) {
      throw new IllegalStateException("a stream was asked for");
    }
    try (ModelReading reading = streaming.reading()) {
      boolean there = true;
      while (there) {
        Optional<Bytes> chunk = reading.next();
        StreamChunk.Builder part = StreamChunk.newBuilder().setRequestId(request.getMessageId());
        if (chunk.isEmpty()) {
          out.end(last(part, streaming));
          return;
        }
        there = out.send(part.setData(bytes(chunk.get())).build());
      }
    }
  }

  /// The last chunk says what a whole answer says in its metadata, and its cost beside it.
  private static StreamChunk last(StreamChunk.Builder part, Reply.Streaming streaming) {
    CallModel.Spent spent = streaming.spent().get();
    part.setDone(true)
        .putMetadata("provider_id", streaming.head().provider())
        .putMetadata("model", streaming.head().model())
        .putMetadata("call_id", streaming.head().requestId())
        .putMetadata("prompt_tokens", Long.toString(spent.usage().promptTokens()))
        .putMetadata("completion_tokens", Long.toString(spent.usage().completionTokens()));
    if (!spent.cost().isEmpty()) {
      part.putMetadata("cost", spent.cost());
    }
    return part.build();
  }

  /// Calls it within the count of services that it passed on its way.
  private Reply call(
      CallScope scope, ProviderRequest request, boolean streams, CancelSignal cancel) {
    CallModel.Call call = call(scope, request, streams);
    Context passed = ProviderHops.entered(request.getMetadataMap());
    Context before = passed.attach();
    try {
      return calls.call(call, cancel);
    } finally {
      passed.detach(before);
    }
  }

  private CallModel.Call call(CallScope scope, ProviderRequest request, boolean streams) {
    if (!request.getProviderId().isEmpty() && providers.find(request.getProviderId()).isEmpty()) {
      throw ProviderProblems.PROVIDER_NOT_FOUND
          .field("provider_id", request.getProviderId(), "a configured provider")
          .toException();
    }
    CallFacts facts = CallFacts.of(scope);
    Caller caller = tenants.caller(scope.caller(), "tenant_id", request.getTenantId());
    return new CallModel.Call(
        TraceIds.hex(request.getTraceId()).map(caller::withTraceId).orElse(caller),
        scope.action().id(),
        UUID.randomUUID().toString(),
        ModelOperation.CHAT,
        ProviderBody.read(request, providers, streams),
        request.getProviderId(),
        request.getMetadataOrDefault("session_id", ""),
        facts.labels(ProviderHops.without(request.getMetadataMap())),
        facts.riskTags(List.of()));
  }

  private static ByteString bytes(Bytes body) {
    return ByteString.copyFrom(body.unsafeArray());
  }
}
