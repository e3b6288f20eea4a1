package dev.reeve.gateway.beamline.worker;

import dev.reeve.service.bus.StreamSpec;
import dev.reeve.service.bus.Subjects;
import java.util.List;

/// The subjects and streams of workers.
final class ExecSubjects {
  static final String PREFIX = "caf.exec.";
  static final String ASSIGN = "caf.exec.assign.v1";
  static final String ACK = "caf.exec.assign.v1.ack";
  static final String RESULT = "caf.exec.result.v1";

  /// Ours: an assignment is over, whatever became of it. Sent to who listens, not kept.
  static final String CANCEL = "caf.exec.cancel.v1";

  static final String HEARTBEAT = "caf.worker.heartbeat.v1";
  static final String STATUS_HEARTBEAT = "caf.status.heartbeat.v1";
  static final String DEAD_LETTERS = "caf.exec.dlq.v1";
  static final String USAGE = "beamline.usage.v1.metered";

  static final String EXEC_STREAM = "CAF_EXEC";
  static final String RESULTS_DURABLE = "router-results";
  static final String ACKS_DURABLE = "router-acks";

  static final List<StreamSpec> STREAMS =
      List.of(
          StreamSpec.of(EXEC_STREAM, List.of("caf.exec.assign.>", RESULT)),
          StreamSpec.of("BEAMLINE_USAGE", List.of(USAGE)),
          StreamSpec.of("BEAMLINE_DLQ", List.of(DEAD_LETTERS)));

  /// Where workers may be given assignments, for messages.
  static final String SHAPE =
      "a subject that is not one of the broker's, of ours or of other protocols";

  private static final List<String> RESERVED =
      List.of("$", "_", "sys.", "job.", "worker.", "reeve.", "beamline.", "caf.");

  private ExecSubjects() {}

  /// Whether assignments that are sent there are kept until a worker takes them.
  static boolean isKept(String subject) {
    return subject.startsWith("caf.exec.assign.") && isOfWorkers(subject);
  }

  /// Whether work may be sent there: a subject for assignments, or one that means nothing to
  /// anybody else.
  static boolean isOfWorkers(String subject) {
    if (!Subjects.isSubject(subject)) {
      return false;
    }
    if (subject.startsWith("caf.exec.assign.")) {
      return !subject.equals(ACK) && !subject.endsWith(".dlq");
    }
    return RESERVED.stream().noneMatch(subject::startsWith);
  }
}
