package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.Bytes;
import dev.reeve.base.PlainNumbers;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Sha256;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.routing.RouteResult;
import dev.reeve.service.Futures;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusProblems;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/// Publishes assignments that follow decisions.
final class AssignmentPublisher implements Assignments {
  private static final int TENANT_BYTES_MAX = 256;
  private static final int PROVIDER_LENGTH_MAX = 128;
  private static final int TEXT_LENGTH_MAX = 1_024;

  private final DurableSender sender;
  private final PushedAssignments pushed;
  private final BeamlineWorkerSettings settings;
  private final ExecMetrics metrics;
  private final RandomGenerator random;

  AssignmentPublisher(
      DurableSender sender,
      PushedAssignments pushed,
      BeamlineWorkerSettings settings,
      ExecMetrics metrics,
      RandomGenerator random) {
    this.sender = sender;
    this.pushed = pushed;
    this.settings = settings;
    this.metrics = metrics;
    this.random = random;
  }

  @Override
  public Optional<Problem> refusal(String subject, String options) {
    try {
      checkSubject(subject);
      settings.options().check(read("options.", options));
      return Optional.empty();
    } catch (ProblemException e) {
      metrics.assignmentsBlocked.increment();
      return Optional.of(e.problem());
    }
  }

  @Override
  public Optional<Problem> refusal(AssignmentOrder order) {
    try {
      WorkerAssignment _ = assignment(order, "");
      return Optional.empty();
    } catch (ProblemException e) {
      metrics.assignmentsBlocked.increment();
      return Optional.of(e.problem());
    }
  }

  @Override
  public CompletableFuture<String> push(AssignmentOrder order) {
    String id = uuid(order.cause()).toString();
    try {
      WorkerAssignment assignment = assignment(order, id);
      BusMessage message = message(order, assignment);
      pushed.add(remembered(order, id), assignment.options().deadlineMs());
      return send(message, id);
    } catch (ProblemException e) {
      metrics.assignmentsBlocked.increment();
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<String> send(BusMessage message, String id) {
    CompletableFuture<String> done = new CompletableFuture<>();
    Futures.then(
        sender.send(message, id),
        _ -> {
          metrics.assignmentsPublished.increment();
          done.complete(id);
        },
        problem -> {
          metrics.assignmentsFailed.increment();
          // Of the others nobody knows whether a worker got it: a result may come.
          if (problem.code().equals(BusProblems.BUS_MESSAGE_TOO_LARGE)) {
            pushed.remove(id);
          }
          done.completeExceptionally(problem.toException());
        });
    return done;
  }

  private WorkerAssignment assignment(AssignmentOrder order, String id) {
    check(order);
    AssignmentOrder.Choice choice = order.choice();
    return new WorkerAssignment(
        id,
        order.requestId(),
        order.tenantId(),
        new WorkerAssignment.Executor(choice.providerId(), WorkerAssignment.Executor.NATS, ""),
        new WorkerAssignment.Task(
            order.task().type(), order.task().payloadRef(), payload(order.task())),
        settings.options().over(read("options.", order.options()), choice),
        order.correlation(),
        new WorkerAssignment.Decision(
            choice.providerId(),
            choice.priority(),
            choice.expectedLatencyMs(),
            choice.expectedCost(),
            choice.reason(),
            choice.metadata()),
        read("metadata.", order.metadata()).values());
  }

  private BusMessage message(AssignmentOrder order, WorkerAssignment assignment) {
    String subject = order.subject().isEmpty() ? ExecSubjects.ASSIGN : order.subject();
    return new BusMessage(
        subject,
        "",
        headers(order.tenantId(), order.correlation().traceId()),
        AssignmentJson.write(assignment, settings.enveloped()));
  }

  /// The headers of an assignment; no broker takes one with line breaks.
  static Map<String, String> headers(String tenantId, String traceId) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(ExecHeaders.VERSION, WorkerAssignment.VERSION);
    if (isPrintable(tenantId)) {
      headers.put(ExecHeaders.TENANT_ID, tenantId);
    }
    if (!traceId.isEmpty() && isPrintable(traceId)) {
      headers.put(ExecHeaders.TRACE_ID, traceId);
    }
    return headers;
  }

  /// Whether a text may stand in a header of the bus.
  static boolean isPrintable(String text) {
    boolean printable = true;
    for (int i = 0; printable && i < text.length(); i++) {
      char c = text.charAt(i);
      printable = c >= ' ' && c <= '~';
    }
    return printable;
  }

  private static ExecMembers read(String path, String json) {
    return ExecMembers.read(ExecProblems.ASSIGNMENT_INVALID, path, json);
  }

  private static Optional<JsonValue> payload(AssignmentOrder.Task task) {
    if (task.payload().isEmpty()) {
      return Optional.empty();
    }
    Optional<JsonValue> value = JsonText.parse(task.payload());
    if (value.isEmpty()) {
      throw invalid("task.payload", "", "JSON");
    }
    return value;
  }

  private static void check(AssignmentOrder order) {
    int tenantBytes = order.tenantId().getBytes(StandardCharsets.UTF_8).length;
    AssignmentOrder.Choice choice = order.choice();
    require(
        tenantBytes >= 1 && tenantBytes <= TENANT_BYTES_MAX,
        "tenant_id",
        order.tenantId(),
        "1 to 256 bytes");
    require(
        !choice.providerId().isEmpty() && choice.providerId().length() <= PROVIDER_LENGTH_MAX,
        "provider_id",
        choice.providerId(),
        "1 to 128 characters");
    require(
        choice.expectedLatencyMs() >= 0 && choice.expectedLatencyMs() <= RouteResult.LATENCY_MS_MAX,
        "expected_latency_ms",
        Long.toString(choice.expectedLatencyMs()),
        "0 to 3600000");
    require(
        choice.expectedCost() >= 0 && choice.expectedCost() < Double.POSITIVE_INFINITY,
        "expected_cost",
        PlainNumbers.text(choice.expectedCost()),
        "at least 0");
    require(!order.task().type().isEmpty(), "task.type", "", "a type");
    checkSubject(order.subject());
    for (String id : new String[] {order.requestId(), order.task().type()}) {
      require(id.length() <= TEXT_LENGTH_MAX, "request_id", id, "at most 1024 characters");
    }
  }

  private static void checkSubject(String subject) {
    require(
        subject.isEmpty() || ExecSubjects.isOfWorkers(subject),
        "assignment_subject",
        subject,
        ExecSubjects.SHAPE);
  }

  private static void require(boolean holds, String field, String value, String expected) {
    if (!holds) {
      throw invalid(field, value, expected);
    }
  }

  private static ProblemException invalid(String field, String value, String expected) {
    return ExecProblems.ASSIGNMENT_INVALID.field(field, value, expected).toException();
  }

  private static PushedAssignments.Pushed remembered(AssignmentOrder order, String id) {
    return new PushedAssignments.Pushed(
        id,
        order.requestId(),
        order.tenantId(),
        order.choice().providerId(),
        order.task().type(),
        order.choice().policyId(),
        order.choice().policyVersion(),
        order.user(),
        order.key());
  }

  /// In the form of version 4 of RFC 9562, as the contract wants it: of a cause that may come
  /// again, also to another server, always the same; else drawn.
  private UUID uuid(String cause) {
    if (cause.isEmpty()) {
      return uuid(random.nextLong(), random.nextLong());
    }
    ByteBuffer digest = ByteBuffer.wrap(Sha256.of(Bytes.utf8(cause)).unsafeArray());
    return uuid(digest.getLong(), digest.getLong());
  }

  private static UUID uuid(long most, long least) {
    return new UUID((most & ~0xF000L) | 0x4000L, (least & 0x3FFF_FFFF_FFFF_FFFFL) | (1L << 63));
  }
}
