package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.Bytes;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusSubscription;
import dev.reeve.service.bus.ConsumerSpec;
import dev.reeve.testing.Await;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A worker that speaks plain JSON on the subjects of the contract and does only what the test
/// says.
final class ForeignWorker implements AutoCloseable {
  private final Bus bus;
  private final String id;
  private final String subject;
  private final List<WorkerAssignment> assignments = new CopyOnWriteArrayList<>();
  private final BusSubscription subscription;

  ForeignWorker(Bus bus, String id, String subject) {
    this.bus = bus;
    this.id = id;
    this.subject = subject;
    subscription =
        bus.consume(
            ConsumerSpec.of(ExecSubjects.EXEC_STREAM, "workers-" + id, subject),
            delivery -> {
              assignments.add(AssignmentJson.read(delivery.message().bytes()));
              delivery.ack();
            });
  }

  List<WorkerAssignment> assignments() {
    return assignments;
  }

  /// The newest assignment of a job at some attempt, awaited.
  WorkerAssignment assignmentOf(String jobId, int attempt) {
    Await.until(
        "attempt " + attempt + " of " + jobId + " at " + id,
        () -> assignments.stream().anyMatch(one -> is(one, jobId, attempt)));
    return assignments.stream().filter(one -> is(one, jobId, attempt)).findFirst().orElseThrow();
  }

  private static boolean is(WorkerAssignment assignment, String jobId, int attempt) {
    return assignment.requestId().equals(jobId)
        && assignment.metadata().get("attempt")
            instanceof dev.reeve.governance.cif.JsonValue.Numeral number
        && number.literal().equals(Integer.toString(attempt));
  }

  /// Says that it lives and takes jobs of a topic.
  void beat(String topic, int concurrency) {
    String listens =
        subject.equals(ExecSubjects.ASSIGN) ? "" : ",\"assignment_subject\":\"" + subject + "\"";
    send(
        ExecSubjects.HEARTBEAT,
        Map.of(),
        "{\"version\":\"1\",\"worker_id\":\"%s\",\"status\":\"ready\",\"metadata\":{\"topics\":[\"%s\"],\"concurrency\":%s%s}}"
            .formatted(id, topic, concurrency, listens));
  }

  void ack(WorkerAssignment assignment, String status) {
    send(
        ExecSubjects.ACK,
        Map.of(),
        "{\"assignment_id\":\"%s\",\"status\":\"%s\",\"reason\":\"as told\",\"worker_id\":\"%s\"}"
            .formatted(assignment.assignmentId(), status, id));
  }

  /// Sends a result with more members.
  void result(WorkerAssignment assignment, String members) {
    send(
        ExecSubjects.RESULT,
        Map.of(),
        "{\"assignment_id\":\"%s\",\"request_id\":\"%s\",\"tenant_id\":\"%s\",\"provider_id\":\"%s\",\"job\":{\"type\":\"%s\"},%s}"
            .formatted(
                assignment.assignmentId(),
                assignment.requestId(),
                assignment.tenantId(),
                assignment.executor().providerId(),
                assignment.task().type(),
                members));
  }

  void send(String to, Map<String, String> headers, String text) {
    bus.publish(new BusMessage(to, "", headers, Bytes.utf8(text)));
  }

  @Override
  public void close() {
    subscription.close();
  }
}
