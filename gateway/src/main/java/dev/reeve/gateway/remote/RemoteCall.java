package dev.reeve.gateway.remote;

import dev.reeve.base.Problem;
import dev.reeve.service.decider.DeciderAnswer;
import dev.reeve.service.decider.DeciderProblems;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/// Makes a call of a decider and tells whose fault it is when there is no answer.
final class RemoteCall {
  private static final Duration BUSY_RETRY = Duration.ofSeconds(5);

  private RemoteCall() {}

  /// @param call asks and blocks
  /// @param read makes the decision of an answer
  /// @param refused makes the decision of a refusal that is about the question itself
  static <R, T> DeciderAnswer<T> make(
      Supplier<R> call, Function<R, T> read, Function<String, T> refused) {
    if (Context.current().isCancelled()) {
      return new DeciderAnswer.Withdrawn<>(callersOwn());
    }
    try {
      return new DeciderAnswer.Decided<>(read.apply(call.get()));
    } catch (StatusRuntimeException e) {
      return failed(e.getStatus(), refused);
    }
  }

  /// A caller who ran out of time or went away says nothing about the decider. A status about the
  /// question is an answer, and no yes: otherwise a question could be made to be refused, and the
  /// fail mode would let it pass.
  private static <T> DeciderAnswer<T> failed(Status status, Function<String, T> refused) {
    if (isCallersOwn()) {
      return new DeciderAnswer.Withdrawn<>(callersOwn());
    }
    return switch (status.getCode()) {
      case INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          FAILED_PRECONDITION,
          OUT_OF_RANGE ->
          new DeciderAnswer.Decided<>(
              refused.apply("the decider refused the question: " + words(status)));
      case RESOURCE_EXHAUSTED ->
          new DeciderAnswer.Withdrawn<>(
              DeciderProblems.DECIDER_BUSY
                  .because("a decider takes no more calls now")
                  .withDetail(words(status))
                  .withRetryAfter(BUSY_RETRY));
      case OK,
          CANCELLED,
          UNKNOWN,
          DEADLINE_EXCEEDED,
          ABORTED,
          UNIMPLEMENTED,
          INTERNAL,
          UNAVAILABLE,
          DATA_LOSS,
          UNAUTHENTICATED ->
          new DeciderAnswer.Outage<>(words(status));
    };
  }

  private static boolean isCallersOwn() {
    Deadline deadline = Context.current().getDeadline();
    return Context.current().isCancelled() || (deadline != null && deadline.isExpired());
  }

  private static Problem callersOwn() {
    Deadline deadline = Context.current().getDeadline();
    return deadline != null && deadline.isExpired()
        ? DeciderProblems.DECIDER_OUT_OF_TIME.because(
            "the deadline passed while a decider was asked")
        : DeciderProblems.DECIDER_CALL_CANCELLED.because(
            "the call ended while a decider was asked");
  }

  /// What an operator can use: gRPC tells of a deadline at length, and of a lost connection little.
  private static String words(Status status) {
    String description = status.getDescription() == null ? "" : status.getDescription();
    if (description.contains("Last Pick Failure")) {
      return Status.Code.UNAVAILABLE + ": no connection";
    }
    if (description.contains("deadline exceeded after")) {
      return status.getCode() + ": no answer in time";
    }
    return status.getCode() + (description.isEmpty() ? "" : ": " + RemoteText.line(description));
  }
}
