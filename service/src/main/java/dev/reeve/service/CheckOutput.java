package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.policy.OutputFacts;
import dev.reeve.policy.OutputRule;
import dev.reeve.policy.OutputVerdict;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Answers what the output policy says of an output that somebody else holds; changes nothing.
/// Content is what the request brings, else what its pointer names, else the words of its error;
/// the first 2 MiB of it are looked at. Safe on any thread.
public final class CheckOutput {
  /// Bytes of a content that are looked at.
  public static final int LOOKED_BYTES_MAX = 2 * 1024 * 1024;

  private static final String SCHEME = "redis://";

  private final Supplier<OutputGuard> guards;
  private final PointedOutputs pointed;
  private final Executor blocking;
  private final Executor cpu;

  /// @param guards the policy to check by
  /// @param blocking may wait for the store
  /// @param cpu computes
  public CheckOutput(
      Supplier<OutputGuard> guards, PointedOutputs pointed, Executor blocking, Executor cpu) {
    this.guards = guards;
    this.pointed = pointed;
    this.blocking = blocking;
    this.cpu = cpu;
  }

  /// Checks by one policy, without a store, on the threads that ask.
  public static CheckOutput offline(OutputGuard guard) {
    return new CheckOutput(() -> guard, PointedOutputs.OFFLINE, Runnable::run, Runnable::run);
  }

  /// An output to check.
  ///
  /// @param facts with the size that the request tells; 0 when it tells none
  /// @param content empty when it is elsewhere
  /// @param resultPtr where it is; may be empty or no pointer
  /// @param errorMessage may be empty
  public record Request(OutputFacts facts, Bytes content, String resultPtr, String errorMessage) {
    /// The key that the pointer names; empty when it is no pointer.
    Optional<String> pointer() {
      return resultPtr.startsWith(SCHEME) && resultPtr.length() > SCHEME.length()
          ? Optional.of(resultPtr.substring(SCHEME.length()))
          : Optional.empty();
    }
  }

  /// The answer.
  ///
  /// @param redactedPtr where the redacted output is; empty when there is none
  public record Checked(OutputVerdict verdict, String redactedPtr) {}

  /// What is looked at.
  private record Source(Bytes content, long sizeBytes, boolean cut) {}

  /// Checks on a thread that fits the work: at once when it is little.
  public CompletableFuture<Checked> checkSoon(Request request) {
    if (request.pointer().isPresent()) {
      return CompletableFuture.supplyAsync(() -> check(request), blocking);
    }
    return request.content().size() <= BlobStore.ROW_SIZE_MAX
        ? CompletableFuture.completedFuture(check(request))
        : CompletableFuture.supplyAsync(() -> check(request), cpu);
  }

  /// What became of outputs since the start, those of jobs and models too.
  public OutputCounts counts() {
    return guards.get().counts();
  }

  /// Checks on this thread; blocks when the request has a pointer.
  public Checked check(Request request) {
    OutputGuard guard = guards.get();
    if (!guard.rules().applies()) {
      return new Checked(guard.rules().allowed(), "");
    }
    Checked checked = check(guard, request);
    guard.counts().count(OutputCounts.Source.CHECK, checked.verdict());
    return checked;
  }

  private Checked check(OutputGuard guard, Request request) {
    Optional<Source> source = source(request);
    if (source.isEmpty()) {
      return new Checked(guard.rules().unreadable(), "");
    }
    OutputFacts facts = request.facts().withSizeBytes(source.get().sizeBytes());
    Bytes content = source.get().content();
    OutputVerdict verdict = guard.check(facts, content, LOOKED_BYTES_MAX, source.get().cut());
    return verdict.action() == OutputRule.Action.REDACT && request.pointer().isPresent()
        ? redacted(guard, verdict, request, content)
        : new Checked(verdict, "");
  }

  /// Empty when there is one that cannot be read.
  private Optional<Source> source(Request request) {
    long told = request.facts().sizeBytes();
    if (!request.content().isEmpty()) {
      int here = request.content().size();
      boolean cut = told > here && told > LOOKED_BYTES_MAX;
      return Optional.of(new Source(request.content(), Math.max(told, here), cut));
    }
    Source error = new Source(Bytes.utf8(request.errorMessage()), told, false);
    return request
        .pointer()
        .map(key -> pointed.read(request.facts().tenant(), key))
        .map(found ->
            switch (found) {
              case PointedOutputs.Pointed.Found(Bytes content) ->
                  Optional.of(new Source(content, content.size(), false));
              case PointedOutputs.Pointed.Missing _ -> Optional.of(error);
              case PointedOutputs.Pointed.Kept _, PointedOutputs.Pointed.Unreadable _ ->
                  Optional.<Source>empty();
            })
        .orElse(Optional.of(error));
  }

  private Checked redacted(
      OutputGuard guard, OutputVerdict verdict, Request request, Bytes content) {
    Optional<Bytes> redacted = guard.redact(verdict, content);
    if (redacted.isPresent()
        && pointed.keepRedacted(
                request.facts().tenant(), request.pointer().orElseThrow(), redacted.get())
            instanceof PointedOutputs.Pointed.Kept kept) {
      return new Checked(verdict, SCHEME + kept.key());
    }
    return new Checked(OutputGuard.unredacted(verdict), "");
  }
}
