package dev.reeve.service.provider;

import dev.reeve.base.Bytes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Answers as it was told, one call after the other; then well.
final class ScriptedProvider implements ModelProvider {
  private final String id;
  private final List<String> models;
  private final Deque<ProviderErrorClass> failures = new ArrayDeque<>();
  private final List<ModelRequest> calls = new ArrayList<>();

  ScriptedProvider(String id, String... models) {
    this.id = id;
    this.models = List.of(models);
  }

  ScriptedProvider failing(ProviderErrorClass... next) {
    failures.addAll(List.of(next));
    return this;
  }

  List<ModelRequest> calls() {
    return calls;
  }

  @Override
  public ProviderFacts facts() {
    return new ProviderFacts(id, "test", "here", models, Map.of(), Duration.ofSeconds(5));
  }

  @Override
  public CompletableFuture<ModelOutcome> invoke(ModelRequest request, CancelSignal cancel) {
    calls.add(request);
    ProviderErrorClass failure = failures.poll();
    return CompletableFuture.completedFuture(
        failure == null
            ? new ModelOutcome.Answered(
                Bytes.utf8("{\"choices\":[{\"message\":{\"content\":\"by " + id + "\"}}]}"),
                Usage.told(1, 0, 2))
            : new ModelOutcome.Failed(ProviderFailure.of(failure, "planned")));
  }

  @Override
  public ModelOpening open(ModelRequest request, CancelSignal cancel) {
    throw new IllegalStateException("not for streams");
  }

  @Override
  public ProviderHealth health() {
    return new ProviderHealth(ProviderHealth.Status.UNKNOWN, 0, 0, 0, "");
  }

  @Override
  public void close() {}
}
