package dev.reeve.gateway.provider;

import dev.reeve.base.Bytes;
import dev.reeve.service.provider.CancelSignal;
import dev.reeve.service.provider.ModelOpening;
import dev.reeve.service.provider.ModelOutcome;
import dev.reeve.service.provider.ModelPrice;
import dev.reeve.service.provider.ModelProvider;
import dev.reeve.service.provider.ModelRequest;
import dev.reeve.service.provider.ModelStream;
import dev.reeve.service.provider.ProviderErrorClass;
import dev.reeve.service.provider.ProviderFacts;
import dev.reeve.service.provider.ProviderFailure;
import dev.reeve.service.provider.ProviderHealth;
import dev.reeve.service.provider.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/// A provider in this process: says `echo`, or fails when it is asked for `boom`, in the middle of
/// a stream when asked for `break`.
public final class EchoProvider implements ModelProvider {
  private static final Usage USAGE = Usage.told(7, 0, 3);
  private volatile String trace = "";

  /// The trace of the call before.
  String trace() {
    return trace;
  }

  @Override
  public ProviderFacts facts() {
    return new ProviderFacts(
        "gold",
        "openai",
        "here",
        List.of("m"),
        Map.of("m", price("2"), "of another provider", price("9")),
        Duration.ofSeconds(5));
  }

  private static ModelPrice price(String usd) {
    return new ModelPrice(new BigDecimal(usd), new BigDecimal(usd), new BigDecimal(usd));
  }

  @Override
  public CompletableFuture<ModelOutcome> invoke(ModelRequest request, CancelSignal cancel) {
    trace = request.traceId();
    return CompletableFuture.completedFuture(outcome(request));
  }

  private static ModelOutcome outcome(ModelRequest request) {
    return request.body().utf8().contains("boom")
        ? new ModelOutcome.Failed(failure())
        : new ModelOutcome.Answered(
            Bytes.utf8(
                "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\","
                    + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                    + "\"echo\"},\"finish_reason\":\"stop\"}]}"),
            USAGE);
  }

  private static ProviderFailure failure() {
    return ProviderFailure.of(ProviderErrorClass.SERVER_ERROR, "HTTP 500");
  }

  @Override
  public ModelOpening open(ModelRequest request, CancelSignal cancel) {
    if (request.body().utf8().contains("boom")) {
      return new ModelOpening.Failed(failure());
    }
    Queue<ModelStream.Part> parts = new ArrayDeque<>();
    parts.add(chunk("echo ", "null"));
    parts.add(chunk("echo. ", "null"));
    if (request.body().utf8().contains("break")) {
      parts.add(new ModelStream.Part.Broken(failure()));
    } else {
      parts.add(chunk("", "\"stop\""));
      parts.add(new ModelStream.Part.End(USAGE));
    }
    return new ModelOpening.Opened(
        new ModelStream() {
          @Override
          public Part next() {
            return parts.remove();
          }

          @Override
          public void close() {
            parts.clear();
          }
        });
  }

  private static ModelStream.Part chunk(String words, String finish) {
    return new ModelStream.Part.Chunk(
        Bytes.utf8(
            "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                + words
                + "\"},\"finish_reason\":"
                + finish
                + "}]}"));
  }

  @Override
  public ProviderHealth health() {
    return new ProviderHealth(ProviderHealth.Status.UNKNOWN, 0, 0, 0, "");
  }

  @Override
  public void close() {
    // Nothing to let go of.
  }
}
