package dev.reeve.job;

import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalWriter;

/// The stored form of events: canonical JSON with the type in `t` and the version of that type in
/// `v`. A (t, v) is never edited; a new version comes with a reader of the old one here, and is
/// written where it says more. Members are written in ascending order.
public final class JobEventCodec {
  private static final int VERSION = 1;

  /// Of `failed`: says that it is beyond repair.
  private static final int VERSION_FATAL = 2;

  private JobEventCodec() {}

  public static void write(JobEvent event, CanonicalWriter out) {
    out.beginObject().member("at", event.atMicros());
    switch (event) {
      case JobEvent.Waiting e -> out.member("parents", e.parents()).member("t", "waiting");
      case JobEvent.Held e ->
          out.memberUnlessZero("expires", e.expiresAtMicros())
              .member("parents", e.parents())
              .member("t", "held");
      case JobEvent.Approved e ->
          out.member("by", e.by())
              .memberUnlessEmpty("comment", e.comment())
              .member("t", "approved");
      case JobEvent.ApprovalGiven e ->
          out.member("by", e.by())
              .memberUnlessEmpty("comment", e.comment())
              .memberUnlessZero("remaining", e.remaining())
              .member("t", "approval_given");
      case JobEvent.Judged e -> {
        GrantCodec.write(e.grant(), out);
        AdmissionCodec.verdict(e.verdict(), out);
        out.member("t", "judged");
      }
      case JobEvent.ParentCompleted e ->
          out.member("parent", e.parent()).member("t", "parent_completed");
      case JobEvent.Throttled e ->
          out.memberUnlessEmpty("reason", e.reason())
              .member("retry_at", e.retryAtMicros())
              .member("t", "throttled");
      case JobEvent.CompileStarted _ -> out.member("t", "compile_started");
      case JobEvent.Queued e ->
          out.memberUnlessZero("not_before", e.notBeforeMicros())
              .member("t", "queued")
              .member("v", 1)
              .member("why", e.why());
      case JobEvent.Dispatched e ->
          out.member("attempt", e.dispatch().attempt())
              .member("epoch", e.dispatch().epoch())
              .member("job_no", e.dispatch().jobNo())
              .member("t", "dispatched")
              .member("v", 1)
              .member("worker", e.worker());
      case JobEvent.Started _ -> out.member("t", "started");
      case JobEvent.Progressed e -> progress(e.progress(), out).member("t", "progressed");
      case JobEvent.Heartbeat e ->
          progress(e.progress(), out).member("t", "heartbeat").member("times", e.times());
      case JobEvent.AttemptFailed e ->
          out.member("code", e.code()).member("message", e.message()).member("t", "attempt_failed");
      case JobEvent.Interrupted e -> out.member("reason", e.reason()).member("t", "interrupted");
      case JobEvent.ReviewStarted e ->
          content("result", e.result(), out).member("t", "review_started");
      case JobEvent.Completed e -> content("result", e.result(), out).member("t", "completed");
      case JobEvent.Denied e ->
          out.member("code", e.code()).member("message", e.message()).member("t", "denied");
      case JobEvent.Quarantined e -> {
        out.member("code", e.code());
        content("held", e.held(), out).member("message", e.message()).member("t", "quarantined");
      }
      case JobEvent.HeldOutputReleased e ->
          out.member("by", e.by())
              .memberUnlessEmpty("comment", e.comment())
              .member("t", "held_output_released");
      case JobEvent.HeldOutputDeleted e ->
          out.member("by", e.by())
              .memberUnlessEmpty("comment", e.comment())
              .member("t", "held_output_deleted");
      case JobEvent.Failed e ->
          (e.fatal()
                  ? out.member("code", e.code())
                      .member("dead_letter", e.deadLetter())
                      .member("fatal", true)
                  : out.member("code", e.code()).member("dead_letter", e.deadLetter()))
              .member("message", e.message())
              .member("t", "failed");
      case JobEvent.Cancelled e ->
          out.member("by", e.by()).memberUnlessEmpty("reason", e.reason()).member("t", "cancelled");
      case JobEvent.TimedOut e ->
          out.member("code", e.code()).member("message", e.message()).member("t", "timed_out");
    }
    if (!(event instanceof JobEvent.Queued || event instanceof JobEvent.Dispatched)) {
      out.member("v", isFatal(event) ? VERSION_FATAL : VERSION);
    }
    out.endObject();
  }

  private static boolean isFatal(JobEvent event) {
    return event instanceof JobEvent.Failed failed && failed.fatal();
  }

  /// @throws CanonicalFormatException when the type or version is unknown, or a member is missing
  ///   or out of range
  public static JobEvent read(CanonicalObject in) {
    boolean fatal = in.number("v") == VERSION_FATAL && in.text("t").equals("failed");
    if (in.number("v") != VERSION && !fatal) {
      throw new CanonicalFormatException(in.text("t") + ": version " + in.number("v"));
    }
    try {
      return fatal ? readFatal(in) : readVersion1(in);
    } catch (IllegalArgumentException e) {
      throw new CanonicalFormatException(in.text("t") + ": " + e.getMessage(), e);
    }
  }

  private static JobEvent readFatal(CanonicalObject in) {
    return new JobEvent.Failed(
        in.number("at"),
        in.text("code"),
        in.text("message"),
        in.flag("dead_letter"),
        in.flag("fatal"));
  }

  private static JobEvent readVersion1(CanonicalObject in) {
    long at = in.number("at");
    return switch (in.text("t")) {
      case "waiting" -> new JobEvent.Waiting(at, in.texts("parents"));
      case "held" -> new JobEvent.Held(at, in.numberOr("expires", 0), in.texts("parents"));
      case "approved" -> new JobEvent.Approved(at, in.text("by"), in.textOr("comment", ""));
      case "approval_given" ->
          new JobEvent.ApprovalGiven(
              at, in.text("by"), in.textOr("comment", ""), in.integerOr("remaining", 0));
      case "judged" -> new JobEvent.Judged(at, AdmissionCodec.verdict(in), GrantCodec.read(in));
      case "parent_completed" -> new JobEvent.ParentCompleted(at, in.text("parent"));
      case "throttled" ->
          new JobEvent.Throttled(at, in.number("retry_at"), in.textOr("reason", ""));
      case "compile_started" -> new JobEvent.CompileStarted(at);
      case "queued" -> new JobEvent.Queued(at, in.numberOr("not_before", 0), in.text("why"));
      case "dispatched" ->
          new JobEvent.Dispatched(
              at,
              new DispatchId(in.number("epoch"), in.number("job_no"), in.integer("attempt")),
              in.text("worker"));
      case "started" -> new JobEvent.Started(at);
      case "progressed" -> new JobEvent.Progressed(at, progress(in));
      case "heartbeat" -> new JobEvent.Heartbeat(at, in.integer("times"), progress(in));
      case "attempt_failed" -> new JobEvent.AttemptFailed(at, in.text("code"), in.text("message"));
      case "interrupted" -> new JobEvent.Interrupted(at, in.text("reason"));
      case "review_started" -> new JobEvent.ReviewStarted(at, content(in.object("result")));
      case "completed" -> new JobEvent.Completed(at, content(in.object("result")));
      case "denied" -> new JobEvent.Denied(at, in.text("code"), in.text("message"));
      case "quarantined" ->
          new JobEvent.Quarantined(
              at, in.text("code"), in.text("message"), content(in.object("held")));
      case "held_output_released" ->
          new JobEvent.HeldOutputReleased(at, in.text("by"), in.textOr("comment", ""));
      case "held_output_deleted" ->
          new JobEvent.HeldOutputDeleted(at, in.text("by"), in.textOr("comment", ""));
      case "failed" ->
          new JobEvent.Failed(at, in.text("code"), in.text("message"), in.flag("dead_letter"));
      case "cancelled" -> new JobEvent.Cancelled(at, in.text("by"), in.textOr("reason", ""));
      case "timed_out" -> new JobEvent.TimedOut(at, in.text("code"), in.text("message"));
      default -> throw new CanonicalFormatException("event type " + in.text("t"));
    };
  }

  private static CanonicalWriter progress(Progress progress, CanonicalWriter out) {
    return out.memberUnlessEmpty("message", progress.message())
        .member("ppm", progress.partsPerMillion())
        .memberUnlessEmpty("stage", progress.stage());
  }

  private static Progress progress(CanonicalObject in) {
    return new Progress(in.textOr("stage", ""), in.integer("ppm"), in.textOr("message", ""));
  }

  static CanonicalWriter content(String key, Content content, CanonicalWriter out) {
    return out.key(key)
        .beginObject()
        .member("sha256", content.sha256())
        .member("size", content.sizeBytes())
        .memberUnlessEmpty("type", content.contentType())
        .endObject();
  }

  static Content content(CanonicalObject in) {
    return new Content(in.textOr("type", ""), in.number("size"), in.bytes("sha256"));
  }
}
