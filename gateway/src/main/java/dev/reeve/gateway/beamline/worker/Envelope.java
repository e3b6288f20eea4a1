package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.JsonValue;

/// The form `{version, kind, data}` in which one family of workers sends everything.
enum Envelope {
  ASSIGN("exec_assign"),
  ACK("exec_assign_ack"),
  RESULT("exec_result"),
  HEARTBEAT("heartbeat");

  private static final String VERSION = "v1";
  private static final int KIND_LENGTH_MAX = 64;

  private final String kind;

  Envelope(String kind) {
    this.kind = kind;
  }

  ExecJson around(ExecJson data) {
    return new ExecJson().put("version", VERSION).put("kind", kind).put("data", data);
  }

  /// What is inside, or the message itself when it has no envelope.
  ///
  /// @throws dev.reeve.base.ProblemException `WORKER_MESSAGE_INVALID`, also for another kind
  ExecMembers open(Bytes message) {
    ExecMembers all = ExecMembers.read(ExecProblems.WORKER_MESSAGE_INVALID, message);
    boolean enveloped =
        all.has("kind")
            && all.value("data").filter(JsonValue.Members.class::isInstance).isPresent();
    if (!enveloped) {
      return all;
    }
    if (!all.text("kind", KIND_LENGTH_MAX).equals(kind)) {
      throw all.wrong("kind", kind);
    }
    return all.members("data");
  }
}
