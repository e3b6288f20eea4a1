package dev.reeve.job;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import java.util.List;
import java.util.Map;

/// The stored form of an [Admission]: one canonical object, version in `v`. Empty members are left
/// out, because most jobs use few of them.
///
/// Version 2 adds `claims`, `counted` and `grant`. What has none of them is written as version 1,
/// which is the same without them. Version 3 is version 2 with an `elapsed` in `retry`.
public final class AdmissionCodec {
  private static final int VERSION = 1;
  private static final int VERSION_WITH_GRANT = 2;
  private static final int VERSION_WITH_ELAPSED = 3;

  /// What an absent `retry` means in version 1, whatever the default of new jobs becomes.
  private static final RetryPolicy RETRY_WHEN_ABSENT = new RetryPolicy(3, 1_000_000, 30_000_000);

  private AdmissionCodec() {}

  public static Bytes write(Admission admission) {
    JobSpec spec = admission.spec();
    Work work = spec.work();
    Placement placement = spec.placement();
    RunLimits limits = spec.limits();
    CanonicalWriter out = new CanonicalWriter(512).beginObject();
    texts("attributes", work.attributes(), out);
    out.memberUnlessEmpty("capability", work.capability());
    claims(work.claims(), out);
    out.memberUnlessEmpty("client", spec.origin().clientId());
    list("counted", admission.counted(), out);
    out.member("created_at", spec.createdAtMicros());
    out.memberUnlessZero("deadline_at", limits.deadlineAtMicros());
    list("depends_on", placement.dependsOn(), out);
    out.member("dialect", spec.origin().dialect());
    GrantCodec.write(admission.grant(), out);
    out.memberUnlessEmpty("group", placement.group());
    out.member("job_id", spec.key().jobId());
    texts("labels", work.labels(), out);
    texts("metadata", work.metadata(), out);
    out.memberUnlessEmpty("name", work.name());
    if (limits.atMostOnce()) {
      out.member("once", true);
    }
    JobEventCodec.content("payload", spec.payload(), out);
    verdict(admission.verdict(), out);
    out.member("principal", spec.origin().principal());
    out.member("priority", placement.priority());
    out.memberUnlessEmpty("project", spec.project());
    list("requires", work.requires(), out);
    retry(limits.retry(), out);
    list("risk_tags", work.riskTags(), out);
    out.member("route", placement.route());
    out.memberUnlessZero("run_timeout", limits.runTimeoutMicros());
    out.member("salt", admission.salt());
    out.member("tenant", spec.key().tenant());
    out.member("topic", work.topic());
    out.memberUnlessEmpty("trace", spec.origin().traceId());
    boolean plain =
        work.claims().equals(Claims.NONE)
            && admission.counted().isEmpty()
            && spec.origin().clientId().isEmpty()
            && admission.grant().equals(Grant.NONE);
    int version = plain ? VERSION : VERSION_WITH_GRANT;
    boolean isBounded = limits.retry().elapsedMaxMicros() > 0;
    return out.member("v", isBounded ? VERSION_WITH_ELAPSED : version).endObject().toBytes();
  }

  /// @throws CanonicalFormatException when the bytes are not an admission of a known version, or a
  ///   member is missing or out of range
  public static Admission read(Bytes bytes) {
    CanonicalObject in = CanonicalReader.object(bytes);
    if (in.number("v") < VERSION || in.number("v") > VERSION_WITH_ELAPSED) {
      throw new CanonicalFormatException("admission: version " + in.number("v"));
    }
    try {
      return admission(in);
    } catch (IllegalArgumentException e) {
      throw new CanonicalFormatException("admission: " + e.getMessage(), e);
    }
  }

  private static Admission admission(CanonicalObject in) {
    JobSpec spec =
        new JobSpec(
            new JobKey(in.text("tenant"), in.text("job_id")),
            in.textOr("project", ""),
            new Origin(
                in.text("dialect"),
                in.text("principal"),
                in.textOr("trace", ""),
                in.textOr("client", "")),
            work(in),
            new Placement(
                in.text("route"),
                in.textOr("group", ""),
                in.integer("priority"),
                list(in, "depends_on")),
            new RunLimits(
                in.numberOr("deadline_at", 0),
                in.numberOr("run_timeout", 0),
                retry(in),
                in.flagOr("once", false)),
            JobEventCodec.content(in.object("payload")),
            in.number("created_at"));
    return new Admission(
        spec, verdict(in), in.bytes("salt"), GrantCodec.read(in), list(in, "counted"));
  }

  private static Work work(CanonicalObject in) {
    return new Work(
        in.textOr("name", ""),
        in.text("topic"),
        in.textOr("capability", ""),
        list(in, "risk_tags"),
        list(in, "requires"),
        texts(in, "labels"),
        texts(in, "metadata"),
        texts(in, "attributes"),
        claims(in));
  }

  private static void claims(Claims claims, CanonicalWriter out) {
    if (!claims.equals(Claims.NONE)) {
      out.key("claims").beginObject();
      out.memberUnlessEmpty("actor", claims.actorId());
      out.memberUnlessEmpty("pack", claims.packId());
      out.memberUnlessEmpty("type", claims.actorType()).endObject();
    }
  }

  private static Claims claims(CanonicalObject in) {
    if (!in.has("claims")) {
      return Claims.NONE;
    }
    CanonicalObject claims = in.object("claims");
    return new Claims(
        claims.textOr("actor", ""), claims.textOr("type", ""), claims.textOr("pack", ""));
  }

  static void verdict(Verdict verdict, CanonicalWriter out) {
    out.key("policy").beginObject();
    out.member("decision", verdict.decision().name());
    out.memberUnlessEmpty("reason", verdict.reason());
    out.memberUnlessEmpty("rule", verdict.ruleId());
    out.memberUnlessEmpty("snapshot", verdict.snapshot()).endObject();
  }

  static Verdict verdict(CanonicalObject in) {
    CanonicalObject policy = in.object("policy");
    return new Verdict(
        Verdict.Decision.valueOf(policy.text("decision")),
        policy.textOr("rule", ""),
        policy.textOr("reason", ""),
        policy.textOr("snapshot", ""));
  }

  private static void retry(RetryPolicy retry, CanonicalWriter out) {
    if (!retry.equals(RETRY_WHEN_ABSENT)) {
      out.key("retry").beginObject();
      out.member("attempts", retry.attemptsMax());
      out.member("base", retry.baseDelayMicros());
      out.memberUnlessZero("elapsed", retry.elapsedMaxMicros());
      out.member("max", retry.delayMaxMicros()).endObject();
    }
  }

  private static RetryPolicy retry(CanonicalObject in) {
    if (!in.has("retry")) {
      return RETRY_WHEN_ABSENT;
    }
    CanonicalObject retry = in.object("retry");
    return new RetryPolicy(
        retry.integer("attempts"),
        retry.number("base"),
        retry.number("max"),
        retry.numberOr("elapsed", 0));
  }

  private static void list(String key, List<String> values, CanonicalWriter out) {
    if (!values.isEmpty()) {
      out.member(key, values);
    }
  }

  private static List<String> list(CanonicalObject in, String key) {
    return in.has(key) ? in.texts(key) : List.of();
  }

  private static void texts(String key, Map<String, String> values, CanonicalWriter out) {
    if (!values.isEmpty()) {
      out.member(key, values);
    }
  }

  private static Map<String, String> texts(CanonicalObject in, String key) {
    return in.has(key) ? in.textMap(key) : Map.of();
  }
}
