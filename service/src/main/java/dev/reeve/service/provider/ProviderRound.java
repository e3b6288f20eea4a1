package dev.reeve.service.provider;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.MonotonicClock;
import dev.reeve.service.provider.ChooseProvider.Choice;
import dev.reeve.service.provider.ChooseProvider.Failure;
import dev.reeve.service.provider.ChooseProvider.Observation;
import dev.reeve.service.provider.ChooseProvider.Question;
import dev.reeve.service.provider.ProviderDirectory.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One call after the other until a provider answers: the routing policy says who is asked, and who
/// next after a failure; without one it is the order of the configuration. Does not block; safe on
/// any thread.
public final class ProviderRound {
  private static final int ATTEMPTS_MAX = 16;

  /// Why a provider was asked where no policy speaks.
  private static final String ORDER = "order";

  /// Why a provider was asked that the caller named.
  private static final String NAMED = "named";

  private final ProviderDirectory providers;
  private final ChooseProvider chooser;
  private final Pause pause;
  private final MonotonicClock clock;
  private final Executor blocking;

  /// @param blocking for what waits: providers' streams, and routing policies that ask others
  public ProviderRound(
      ProviderDirectory providers,
      ChooseProvider chooser,
      Pause pause,
      MonotonicClock clock,
      Executor blocking) {
    this.providers = providers;
    this.chooser = chooser;
    this.pause = pause;
    this.clock = clock;
    this.blocking = blocking;
  }

  /// One try at one provider.
  private sealed interface Tried<T> {
    record Done<T>(T value) implements Tried<T> {}

    record Failed<T>(ProviderFailure failure) implements Tried<T> {}
  }

  @FunctionalInterface
  private interface Attempt<T> {
    CompletableFuture<Tried<T>> at(ModelProvider provider, ModelRequest request);
  }

  /// Calls for a whole answer. Does not block.
  ///
  /// @return fails with a [ProblemException] when nobody answers
  CompletableFuture<ServedCall<ModelOutcome.Answered>> invoke(
      CallModel.Call call, ModelBody body, ModelGate.Admitted admitted, CancelSignal cancel) {
    long start = clock.nanos();
    Attempt<ModelOutcome.Answered> attempt =
        (provider, request) ->
            provider
                .invoke(request, cancel)
                .thenApply(outcome ->
                    switch (outcome) {
                      case ModelOutcome.Answered answered -> new Tried.Done<>(answered);
                      case ModelOutcome.Failed(ProviderFailure failure) ->
                          new Tried.Failed<>(failure);
                    });
    return new Going<>(call, body, admitted, cancel, attempt)
        .start()
        .thenApply(served -> {
          Usage usage = served.value().usage();
          boolean _ = served.observe("success", clock.nanos() - start, served.cost(usage), usage);
          return served;
        });
  }

  /// Calls for a stream; a provider whose stream breaks before anything may leave has failed. Waits
  /// for streams on threads of their own.
  ///
  /// @return fails with a [ProblemException] when nobody answers
  CompletableFuture<ServedCall<ModelReading>> open(
      CallModel.Call call,
      ModelBody body,
      ModelGate.Admitted admitted,
      CancelSignal cancel,
      Function<ModelStream, ModelReading> read) {
    Attempt<ModelReading> attempt =
        (provider, request) ->
            CompletableFuture.supplyAsync(
                () ->
                    switch (provider.open(request, cancel)) {
                      case ModelOpening.Failed(ProviderFailure failure) ->
                          new Tried.Failed<>(failure);
                      case ModelOpening.Opened(ModelStream stream) -> begun(read.apply(stream));
                    },
                blocking);
    return new Going<>(call, body, admitted, cancel, attempt).start();
  }

  private static Tried<ModelReading> begun(ModelReading reading) {
    Optional<ProviderFailure> failure;
    try {
      failure = reading.begin();
    } catch (RuntimeException e) {
      reading.close();
      throw e;
    }
    if (failure.isEmpty()) {
      return new Tried.Done<>(reading);
    }
    reading.close();
    return new Tried.Failed<>(failure.get());
  }

  /// A call on its way from one provider to the next. Its steps follow each other, on whatever
  /// threads.
  private final class Going<T> {
    private final CallModel.Call call;
    private final ModelBody body;
    private final ModelGate.Admitted admitted;
    private final CancelSignal cancel;
    private final Attempt<T> attempt;
    private final Set<String> tried = new HashSet<>();
    private final List<String> chain = new ArrayList<>();
    private Optional<Failure> failure = Optional.empty();
    private @Nullable ProviderFailure last;
    private int retries;
    private int made;

    private Going(
        CallModel.Call call,
        ModelBody body,
        ModelGate.Admitted admitted,
        CancelSignal cancel,
        Attempt<T> attempt) {
      this.call = call;
      this.body = body;
      this.admitted = admitted;
      this.cancel = cancel;
      this.attempt = attempt;
    }

    private CompletableFuture<ServedCall<T>> start() {
      checkServed(call, body);
      return next();
    }

    private CompletableFuture<ServedCall<T>> next() {
      if (++made > ATTEMPTS_MAX) {
        throw exhausted();
      }
      Question question = question(call, body, failure);
      return call.provider().isEmpty() && chooser.mayBlock(question.tenant())
          ? CompletableFuture.supplyAsync(() -> choice(question), blocking)
              .thenCompose(choice -> ask(question, choice))
          : ask(question, choice(question));
    }

    private Choice.Chosen choice(Question question) {
      return call.provider().isEmpty()
          ? choose(question, body, tried, last)
          : named(call.provider());
    }

    private CompletableFuture<ServedCall<T>> ask(Question question, Choice.Chosen choice) {
      if (!choice.isRetry() && !tried.add(choice.candidate())) {
        throw exhausted();
      }
      retries = choice.isRetry() ? retries + 1 : 0;
      Duration wait = pauseBefore(choice, last);
      if (!wait.isPositive()) {
        return attempted(question, choice);
      }
      return pause
          .waited(wait, cancel)
          .thenCompose(there -> {
            if (!there) {
              throw ProviderProblems.PROVIDER_CALL_CANCELLED
                  .because("the caller went away")
                  .toException();
            }
            return attempted(question, choice);
          });
    }

    private CompletableFuture<ServedCall<T>> attempted(Question question, Choice.Chosen choice) {
      Optional<Target> target = providers.target(choice.candidate(), body.model());
      long start = clock.nanos();
      chain.add(choice.candidate());
      return tried(call, body, admitted, attempt, choice, target)
          .thenCompose(result -> settled(question, choice, target, start, result));
    }

    private CompletableFuture<ServedCall<T>> settled(
        Question question,
        Choice.Chosen choice,
        Optional<Target> target,
        long start,
        Tried<T> result) {
      return switch (result) {
        case Tried.Done<T>(T value) -> {
          Target asked = target.orElseThrow();
          yield CompletableFuture.completedFuture(
              new ServedCall<>(
                  value,
                  asked.provider().facts(),
                  asked.model(),
                  choice,
                  chain,
                  made,
                  question,
                  ProviderRound.this::observe));
        }
        case Tried.Failed<T>(ProviderFailure failed) -> {
          last = failed;
          failure =
              Optional.of(
                  new Failure(
                      failed.errorClass().status(),
                      choice.candidate(),
                      retries,
                      failed.retryAfter().orElse(Duration.ZERO)));
          observeFailure(question, choice, failed, clock.nanos() - start);
          if (!failed.errorClass().mayFailOver()) {
            throw ProviderFailures.problem(failed).toException();
          }
          yield next();
        }
      };
    }

    private RuntimeException exhausted() {
      ProviderFailure failed = last;
      Problem problem =
          failed == null
              ? ProviderProblems.PROVIDER_FAILED.because("nobody was asked")
              : ProviderFailures.problem(failed);
      return problem.toException();
    }
  }

  private static <T> CompletableFuture<Tried<T>> tried(
      CallModel.Call call,
      ModelBody body,
      ModelGate.Admitted admitted,
      Attempt<T> attempt,
      Choice.Chosen choice,
      Optional<Target> target) {
    return target.isEmpty()
        ? CompletableFuture.completedFuture(
            new Tried.Failed<>(
                ProviderFailure.of(
                    ProviderErrorClass.CONNECTION_ERROR,
                    choice.candidate() + " is not configured")))
        : attempt.at(target.get().provider(), request(call, body, admitted, target.get()));
  }

  private void observeFailure(
      Question question, Choice.Chosen choice, ProviderFailure failed, long nanos) {
    boolean _ =
        observe(
            new Observation(
                question,
                choice,
                failed.errorClass().status(),
                nanos / 1_000_000,
                0,
                Usage.UNKNOWN,
                failed.retryAfter().orElse(Duration.ZERO)));
  }

  private void checkServed(CallModel.Call call, ModelBody body) {
    if (!call.provider().isEmpty() && providers.find(call.provider()).isEmpty()) {
      throw ProviderProblems.PROVIDER_NOT_FOUND
          .field("provider_id", call.provider(), "a configured provider")
          .toException();
    }
    if (!providers.serves(body.model())) {
      throw ProviderProblems.MODEL_NOT_FOUND
          .field("model", body.model(), "one that /v1/models lists")
          .toException();
    }
  }

  private boolean observe(Observation observation) {
    boolean byPolicy = !observation.choice().policyId().isEmpty();
    if (byPolicy) {
      chooser.observe(observation);
    }
    return byPolicy;
  }

  private Choice.Chosen choose(
      Question question, ModelBody body, Set<String> tried, @Nullable ProviderFailure last) {
    return switch (chooser.choose(question)) {
      case Choice.Chosen chosen -> chosen;
      case Choice.Refused(var problem) ->
          throw (last == null ? problem : ProviderFailures.problem(last)).toException();
      case Choice.NoPolicy _ -> inOrder(body, tried, last);
    };
  }

  private static Choice.Chosen named(String provider) {
    return new Choice.Chosen(provider, NAMED, "", "", Duration.ZERO, Map.of());
  }

  private Choice.Chosen inOrder(ModelBody body, Set<String> tried, @Nullable ProviderFailure last) {
    @Nullable ModelProvider found = null;
    for (ModelProvider provider : providers.all()) {
      boolean fits =
          provider.facts().serves(body.model()) && !tried.contains(provider.facts().id());
      if (fits && (found == null || (isDown(found) && !isDown(provider)))) {
        found = provider;
      }
    }
    if (found == null) {
      throw (last == null
              ? ProviderProblems.MODEL_NOT_FOUND.because("nobody serves " + body.model())
              : ProviderFailures.problem(last))
          .toException();
    }
    return new Choice.Chosen(found.facts().id(), ORDER, "", "", Duration.ZERO, Map.of());
  }

  private static boolean isDown(ModelProvider provider) {
    return provider.health().status() == ProviderHealth.Status.UNHEALTHY;
  }

  /// What the policy says, and for the same provider no less than what it asked for.
  private static Duration pauseBefore(Choice.Chosen choice, @Nullable ProviderFailure last) {
    Duration asked =
        last != null && choice.isRetry() ? last.retryAfter().orElse(Duration.ZERO) : Duration.ZERO;
    return asked.compareTo(choice.backoff()) > 0 ? asked : choice.backoff();
  }

  private static ModelRequest request(
      CallModel.Call call, ModelBody body, ModelGate.Admitted admitted, Target target) {
    Duration own = target.provider().facts().timeout();
    Duration most = admitted.runtimeMax();
    return new ModelRequest(
        call.operation(),
        target.model(),
        body.forModel(target.model()),
        most.isPositive() && most.compareTo(own) < 0 ? most : own,
        call.caller().tenant(),
        call.caller().traceId());
  }

  private static Question question(CallModel.Call call, ModelBody body, Optional<Failure> failure) {
    Map<String, String> context = new HashMap<>(call.labels());
    context.put("model", body.model());
    context.put("task_type", call.operation().word());
    if (!body.user().isEmpty()) {
      context.put("user_id", body.user());
    }
    if (!call.session().isEmpty()) {
      context.put("session_id", call.session());
    }
    return new Question(
        call.caller().tenant(), call.operation().word(), call.requestId(), context, failure);
  }
}
