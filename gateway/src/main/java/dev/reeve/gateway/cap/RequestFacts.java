package dev.reeve.gateway.cap;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.reeve.job.JobSpec;
import dev.reeve.wire.cordum.agent.v1.JobRequest;

/// What a job's packet says beyond what every job has: kept as JSON beside the job, and handed to
/// its worker again. The names of the contract are its stored form.
final class RequestFacts {
  /// Where it is kept among the attributes of the work.
  static final String ATTRIBUTE = "cap.request";

  static final int LENGTH_MAX = 64 * 1024;

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer()
          .preservingProtoFieldNames()
          .omittingInsignificantWhitespace()
          .sortingMapKeys();
  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

  private RequestFacts() {}

  /// @param unread whether the worker must find the input by the pointer of the packet
  static String write(JobRequest request, boolean unread) {
    JobRequest.Builder kept =
        request.toBuilder()
            .clearJobId()
            .clearTopic()
            .clearPriority()
            .clearTenantId()
            .clearPrincipalId()
            .clearLabels()
            .clearMeta()
            .clearIdentity()
            .clearDispatch()
            .clearContextRef();
    if (!unread) {
      kept.clearContextPtr();
    }
    try {
      return PRINTER.print(kept.build());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a request has no JSON form", e);
    }
  }

  /// What was kept of the job's packet; empty when it came otherwise.
  static JobRequest read(JobSpec spec) {
    String json = spec.work().attributes().get(ATTRIBUTE);
    if (json == null) {
      return JobRequest.getDefaultInstance();
    }
    JobRequest.Builder out = JobRequest.newBuilder();
    try {
      PARSER.merge(json, out);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("what was kept of a packet cannot be read", e);
    }
    return out.build();
  }

  /// Whether the job came by a packet.
  static boolean isOf(JobSpec spec) {
    return spec.work().attributes().containsKey(ATTRIBUTE);
  }
}
