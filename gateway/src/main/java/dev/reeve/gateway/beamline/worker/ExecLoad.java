package dev.reeve.gateway.beamline.worker;

/// How much waits and runs at the workers, for the question about backpressure.
///
/// @param pendingMessages results and acknowledgements that wait for us
/// @param latencyP95Ms of the last 1,000 results, as the workers say
/// @param inFlight assignments without a result
public record ExecLoad(long pendingMessages, long latencyP95Ms, long inFlight) {
  /// A subject of workers, for what all of them have to do.
  public static final String SUBJECT = ExecSubjects.ASSIGN;

  /// Whether a subject is one of those that it tells about: `caf.exec.*`.
  public static boolean isOf(String subject) {
    return subject.startsWith(ExecSubjects.PREFIX);
  }
}
