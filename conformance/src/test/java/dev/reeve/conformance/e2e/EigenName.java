package dev.reeve.conformance.e2e;

import java.util.List;

/// The two names under which quantum jobs are served. Their streams differ in form: the first sends
/// bare updates, the second wraps each.
enum EigenName {
  SEED("eigen_api.v1", ""),
  LATER("eigen.api.v1", "update.");

  private final String protoPackage;
  private final String wrapper;

  EigenName(String protoPackage, String wrapper) {
    this.protoPackage = protoPackage;
    this.wrapper = wrapper;
  }

  /// Submits a circuit; the id of the job.
  String submit(ForeignClient client, String circuit, String more) {
    return client
        .call(
            protoPackage + ".JobService/SubmitJob",
            Json.object(
                "\"name\": \"e2e\", \"target\": \"sim:local\", \"qasm\": {\"source\": \""
                    + Json.base64(circuit)
                    + "\"}"
                    + more))
        .text("job_id");
  }

  /// Begins to stream a job's updates.
  ForeignStream stream(ForeignClient client, String jobId, long lastEventSeq) {
    return client.stream(
        protoPackage + ".JobService/StreamJobUpdates",
        Json.object("\"job_id\": \"%s\", \"last_event_seq\": %d".formatted(jobId, lastEventSeq)));
  }

  /// The update in a message of the stream.
  Update update(ForeignMessage message) {
    return new Update(
        message.number(wrapper + "event_seq"),
        bare(message.text(wrapper + "state")),
        message.text(wrapper + "stage"),
        message.text(wrapper + "progress"),
        message.text(wrapper + "timestamp"));
  }

  /// The later name writes `JOB_STATE_DONE` for the first one's `DONE`.
  static String bare(String state) {
    return state.replaceFirst("^JOB_STATE_", "");
  }

  List<Update> updates(List<ForeignMessage> messages) {
    return messages.stream().map(this::update).toList();
  }

  /// Calls another method of the job service.
  ForeignMessage call(ForeignClient client, String method, String jobId) {
    return client.call(
        protoPackage + ".JobService/" + method, Json.object("\"job_id\": \"" + jobId + "\""));
  }

  /// One event, as far as it must be the same at every reading.
  record Update(long seq, String state, String stage, String progress, String timestamp) {
    boolean isTerminal() {
      return List.of("DONE", "ERROR", "CANCELLED", "TIMEOUT").contains(state);
    }
  }
}
