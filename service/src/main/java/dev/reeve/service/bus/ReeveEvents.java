package dev.reeve.service.bus;

import dev.reeve.base.CanonicalWriter;
import dev.reeve.job.JobEventCodec;
import java.util.List;
import java.util.Map;

/// Our own form of published events: canonical JSON on `reeve.v1.events.TENANT.JOB`.
public final class ReeveEvents implements EventEncoder {
  /// The stream that keeps them.
  public static final String STREAM = "REEVE_EVENTS";

  /// All of their subjects.
  public static final String PATTERN = "reeve.v1.events.>";

  private static final String PREFIX = "reeve.v1.events.";

  /// The subject of a job's events. What may not stand in a subject becomes `_`; the document has
  /// the ids as they are.
  public static String subject(String tenant, String jobId) {
    return PREFIX + Subjects.part(tenant) + '.' + Subjects.part(jobId);
  }

  @Override
  public List<BusMessage> encode(CommittedEvent committed) {
    CanonicalWriter out = new CanonicalWriter(512).beginObject();
    out.member("at", committed.atMicros()).key("event");
    JobEventCodec.write(committed.event().event(), out);
    out.member("index", committed.index()).member("job_id", committed.key().jobId());
    if (committed.event().leafIndex() >= 0) {
      out.member("leaf", committed.event().leafIndex())
          .member("leaf_hash", committed.event().leafHash());
    }
    out.member("position", committed.position())
        .member("seq", committed.event().seq())
        .member("tenant", committed.key().tenant())
        .member("topic", committed.topic())
        .member("v", 1);
    return List.of(
        new BusMessage(
            subject(committed.key().tenant(), committed.key().jobId()),
            "",
            Map.of(),
            out.endObject().toBytes()));
  }
}
