package dev.reeve.job;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;

/// The stored form of a finished job beside its [Admission]: enough to answer a status call from
/// one row, without folding its events.
public final class OutcomeCodec {
  private static final int VERSION = 1;

  /// Has what policy said last, when that is not what it said at admission.
  private static final int VERSION_JUDGED = 2;

  /// Says that the failure is beyond repair, and may have what policy said last.
  private static final int VERSION_FATAL = 3;

  private OutcomeCodec() {}

  /// @param job a finished job
  public static Bytes write(Job job) {
    CanonicalWriter out = new CanonicalWriter(256).beginObject();
    out.member("attempts", job.attempts());
    switch (job.state()) {
      case JobState.Cancelled s -> out.member("by", s.by());
      case JobState.Denied s -> out.member("code", s.code());
      case JobState.Quarantined s -> out.member("code", s.code());
      case JobState.Failed s -> out.member("code", s.code()).member("dead_letter", s.deadLetter());
      case JobState.TimedOut s -> out.member("code", s.code());
      case JobState.Completed _ -> {}
      case JobState.Pending _,
          JobState.AwaitingApproval _,
          JobState.Throttled _,
          JobState.Compiling _,
          JobState.Queued _,
          JobState.Executing _,
          JobState.Reviewing _ ->
          throw new IllegalArgumentException("job " + job.jobNo() + " is not finished");
    }
    out.member("event_seq", job.lastEventSeq());
    out.memberUnlessZero("failures", job.failures());
    boolean fatal = job.state() instanceof JobState.Failed failed && failed.fatal();
    if (fatal) {
      out.member("fatal", true);
    }
    boolean judged = job.grant().revision() > 0;
    if (judged) {
      GrantCodec.write(job.grant(), out);
    }
    out.memberUnlessZero("interruptions", job.interruptions());
    out.memberUnlessEmpty("message", message(job.state()));
    if (judged) {
      AdmissionCodec.verdict(job.verdict(), out);
    }
    out.memberUnlessZero("ppm", job.progress().partsPerMillion());
    out.memberUnlessZero("progress_events", job.progressEvents());
    result(job.state(), out);
    out.memberUnlessEmpty("said", job.progress().message());
    out.memberUnlessEmpty("stage", job.progress().stage());
    out.memberUnlessEmpty("standing", standing(job.state()));
    out.member("state", job.state().name().name());
    out.memberUnlessZero("throttled", job.throttleRounds());
    return out.member("updated_at", job.updatedAtMicros())
        .member("v", fatal ? VERSION_FATAL : judged ? VERSION_JUDGED : VERSION)
        .endObject()
        .toBytes();
  }

  /// @throws CanonicalFormatException when the bytes are not an outcome of a known version, or a
  ///   member is missing or out of range
  public static Job read(long jobNo, Admission admission, Bytes outcome) {
    CanonicalObject in = CanonicalReader.object(outcome);
    if (in.number("v") < VERSION || in.number("v") > VERSION_FATAL) {
      throw new CanonicalFormatException("outcome: version " + in.number("v"));
    }
    try {
      return job(jobNo, admission, in);
    } catch (IllegalArgumentException e) {
      throw new CanonicalFormatException("outcome: " + e.getMessage(), e);
    }
  }

  private static Job job(long jobNo, Admission admission, CanonicalObject in) {
    return new Job(
        jobNo,
        JobHeader.of(admission.spec()),
        in.has("policy") ? AdmissionCodec.verdict(in) : admission.verdict(),
        in.has("policy") ? GrantCodec.read(in) : admission.grant(),
        state(in),
        in.integer("attempts"),
        in.integerOr("failures", 0),
        in.integerOr("interruptions", 0),
        in.integerOr("throttled", 0),
        in.number("event_seq"),
        in.integerOr("progress_events", 0),
        new Progress(in.textOr("stage", ""), in.integerOr("ppm", 0), in.textOr("said", "")),
        in.number("updated_at"));
  }

  private static String message(JobState state) {
    return switch (state) {
      case JobState.Denied s -> s.message();
      case JobState.Quarantined s -> s.message();
      case JobState.Failed s -> s.message();
      case JobState.TimedOut s -> s.message();
      case JobState.Cancelled s -> s.reason();
      default -> "";
    };
  }

  private static void result(JobState state, CanonicalWriter out) {
    switch (state) {
      case JobState.Completed s -> JobEventCodec.content("result", s.result(), out);
      case JobState.Quarantined s -> JobEventCodec.content("result", s.held(), out);
      default -> {}
    }
  }

  /// Empty for what every end begins with.
  private static String standing(JobState state) {
    return state instanceof JobState.Quarantined held && held.standing() != JobState.HeldOutput.HELD
        ? held.standing().name()
        : "";
  }

  private static JobState state(CanonicalObject in) {
    String message = in.textOr("message", "");
    return switch (StateName.valueOf(in.text("state"))) {
      case COMPLETED -> new JobState.Completed(JobEventCodec.content(in.object("result")));
      case DENIED -> new JobState.Denied(in.text("code"), message);
      case QUARANTINED ->
          new JobState.Quarantined(
              in.text("code"),
              message,
              JobEventCodec.content(in.object("result")),
              JobState.HeldOutput.valueOf(in.textOr("standing", JobState.HeldOutput.HELD.name())));
      case FAILED ->
          new JobState.Failed(
              in.text("code"), message, in.flag("dead_letter"), in.flagOr("fatal", false));
      case CANCELLED -> new JobState.Cancelled(in.text("by"), message);
      case TIMED_OUT -> new JobState.TimedOut(in.text("code"), message);
      case PENDING, AWAITING_APPROVAL, THROTTLED, COMPILING, QUEUED, EXECUTING, REVIEWING ->
          throw new CanonicalFormatException("outcome: state " + in.text("state"));
    };
  }
}
