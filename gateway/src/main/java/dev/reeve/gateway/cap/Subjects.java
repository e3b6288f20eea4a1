package dev.reeve.gateway.cap;

/// The subjects of the contract (section 6).
final class Subjects {
  static final String SUBMIT = "sys.job.submit";
  static final String RESULT = "sys.job.result";
  static final String PROGRESS = "sys.job.progress";
  static final String CANCEL = "sys.job.cancel";
  static final String DEAD = "sys.job.dlq";
  static final String HEARTBEAT = "sys.heartbeat";
  static final String HANDSHAKE = "sys.handshake";
  static final String ALERT = "sys.alert";

  /// The older JSON handshake.
  static final String SESSION = "sys.worker.handshake";

  static final String SESSION_RENEW = "sys.worker.handshake.renew";

  /// Trust handshakes; request and reply, never stored.
  static final String CHALLENGE = "sys.worker.handshake.challenge";

  static final String AUTHENTICATE = "sys.worker.handshake.authenticate";

  /// Of all control planes together.
  static final String QUEUE = "cordum-scheduler";

  static final String WORKER_ID_SHAPE = "1 to 128 of letters, digits, _ and -";
  private static final int WORKER_ID_LENGTH_MAX = 128;

  private Subjects() {}

  /// Where a worker gets its jobs.
  static String jobsOf(String workerId) {
    return "worker." + workerId + ".jobs";
  }

  /// Whether an id can be one part of a subject.
  static boolean isWorkerId(String id) {
    return !id.isEmpty()
        && id.length() <= WORKER_ID_LENGTH_MAX
        && id.chars().allMatch(Subjects::isPartOfId);
  }

  private static boolean isPartOfId(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }
}
