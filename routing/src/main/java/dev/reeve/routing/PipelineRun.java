package dev.reeve.routing;

import dev.reeve.base.Text;
import dev.reeve.routing.ExtensionReply.Answered;
import dev.reeve.routing.ExtensionReply.Failed;
import dev.reeve.routing.PolicyBody.Extension;
import dev.reeve.routing.PolicyBody.OnFail;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Runs a policy's extensions around one decision, in order, and keeps their trace. Blocks where
/// the caller of extensions does. Used by one thread.
final class PipelineRun {
  private final Asking asking;
  private final ExtensionCaller caller;
  private final InstantSource clock;
  private final LongSupplier monotonicNanos;
  private final RouterCounters counters;
  private final List<ExtensionTrace> traces = new ArrayList<>();

  /// @param monotonicNanos never goes back, for how long extensions took
  PipelineRun(
      Asking asking,
      ExtensionCaller caller,
      InstantSource clock,
      LongSupplier monotonicNanos,
      RouterCounters counters) {
    this.monotonicNanos = monotonicNanos;
    this.counters = counters;
    this.asking = asking;
    this.caller = caller;
    this.clock = clock;
  }

  List<ExtensionTrace> traces() {
    return List.copyOf(traces);
  }

  /// Pre-processors and validators; the refusal that ends the decision, or null.
  @Nullable RouteRefusal before() {
    for (Extension extension : asking.body().pipeline().pre()) {
      RouteRefusal refusal = process(extension);
      if (refusal != null) {
        return refusal;
      }
    }
    for (Extension extension : asking.body().pipeline().validators()) {
      RouteRefusal refusal = validate(extension);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  /// Post-processors; the refusal that ends the decision, or null.
  @Nullable RouteRefusal after() {
    for (Extension extension : asking.body().pipeline().post()) {
      RouteRefusal refusal = process(extension);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  /// The refusal when the context's deadline has passed, or null.
  @Nullable RouteRefusal late() {
    long remainingMs = remainingMs();
    return remainingMs > 0
        ? null
        : RouteRefusal.of(
            RefusalCode.DEADLINE_PASSED,
            "deadline passed (expected: a decision before it)",
            Map.of("reason", "timeout"));
  }

  private @Nullable RouteRefusal process(Extension extension) {
    RouteRefusal late = late();
    if (late != null || !extension.when().holds(asking.facts())) {
      return late;
    }
    return switch (call(extension)) {
      case Answered answered -> {
        asking.merge(answered);
        trace(extension, "ok");
        yield null;
      }
      case Failed failed -> {
        trace(extension, "error");
        yield extension.required() ? failure(extension, failed) : null;
      }
    };
  }

  private @Nullable RouteRefusal validate(Extension extension) {
    RouteRefusal late = late();
    if (late != null) {
      return late;
    }
    if (!extension.when().holds(asking.facts())) {
      trace(extension, "skipped");
      return null;
    }
    return switch (call(extension)) {
      case Answered answered when !answered.rejected() -> {
        trace(extension, "ok");
        yield null;
      }
      case Answered answered -> {
        trace(extension, statusOf(extension.onFail()));
        yield extension.onFail() == OnFail.BLOCK ? blocked(extension, answered) : null;
      }
      case Failed failed -> {
        trace(extension, statusOf(extension.onFail()));
        yield extension.onFail() == OnFail.BLOCK ? failure(extension, failed) : null;
      }
    };
  }

  private static String statusOf(OnFail onFail) {
    return switch (onFail) {
      case BLOCK -> "error";
      case WARN -> "warn";
      case IGNORE -> "ignore";
    };
  }

  private ExtensionReply call(Extension extension) {
    RouteQuestion question = asking.question();
    Map<String, Object> metadata = new LinkedHashMap<>(question.metadata());
    metadata.putAll(asking.facts().context());
    long beganNanos = monotonicNanos.getAsLong();
    ExtensionReply reply =
        caller.call(
            new ExtensionCall(
                extension.type(),
                extension.id(),
                question.tenantId(),
                question.requestId(),
                question.traceId(),
                asking.payload(),
                metadata,
                extension.config(),
                extension.timeoutMs(),
                extension.retry(),
                remainingMs()));
    counters.extensionTook(extension.type(), monotonicNanos.getAsLong() - beganNanos);
    return reply;
  }

  private void trace(Extension extension, String status) {
    traces.add(new ExtensionTrace(extension.type(), extension.id(), status));
    counters.extension(extension.type(), status);
    if (asking.isExplained()) {
      asking.step(extension.type().wireName() + " " + extension.id() + ": " + status);
    }
  }

  private static RouteRefusal blocked(Extension extension, Answered answer) {
    Map<String, Object> details = new LinkedHashMap<>(answer.details());
    details.put("extension_id", extension.id());
    if (!answer.reason().isEmpty()) {
      details.put("reason", answer.reason());
    }
    return RouteRefusal.of(
        RefusalCode.VALIDATOR_BLOCKED,
        "validator "
            + extension.id()
            + " rejected the request"
            + (answer.reason().isEmpty() ? "" : ": " + Text.quoteForMessage(answer.reason())),
        details);
  }

  private static RouteRefusal failure(Extension extension, Failed failed) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("extension_id", extension.id());
    details.put("extension_type", extension.type().wireName());
    RefusalCode cause = failed.failure().code();
    boolean post = extension.type() == ExtensionType.POST;
    if (post) {
      details.put("cause", cause.wireName());
    }
    String message =
        failed.message().isEmpty()
            ? "extension " + extension.id() + " failed: " + cause.wireName()
            : failed.message();
    return RouteRefusal.of(post ? RefusalCode.POST_PROCESSOR_FAILED : cause, message, details);
  }

  private long remainingMs() {
    double deadline = asking.facts().number("deadline_ms");
    if (Double.isNaN(deadline)) {
      deadline = asking.facts().number("deadline");
    }
    return Double.isNaN(deadline) ? Long.MAX_VALUE : (long) deadline - clock.millis();
  }
}
