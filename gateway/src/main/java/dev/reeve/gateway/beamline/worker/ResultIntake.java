package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.ProblemException;
import dev.reeve.job.DispatchId;
import dev.reeve.routing.FailureClass;
import dev.reeve.routing.RouteResult;
import dev.reeve.service.bus.Delivery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of each result: the job gets it, or the router learns from it; a second one and one
/// that is late change nothing. A result is acknowledged after all that.
final class ResultIntake {
  private static final Logger log = LoggerFactory.getLogger(ResultIntake.class);

  private final GroupTools tools;
  private final PushedAssignments pushed;
  private final Consumer<RouteResult> router;
  private final Redelivery redelivery;
  private final LatencyWindow latencies = new LatencyWindow();

  /// Until then groups from before a restart may not have been heard of again.
  private final long settledNanos;

  ResultIntake(
      GroupTools tools,
      PushedAssignments pushed,
      Consumer<RouteResult> router,
      Redelivery redelivery) {
    this.tools = tools;
    this.pushed = pushed;
    this.router = router;
    this.redelivery = redelivery;
    settledNanos = tools.nanos() + tools.silentNanosMax();
  }

  LatencyWindow latencies() {
    return latencies;
  }

  void handle(Delivery delivery) {
    ExecMetrics metrics = tools.metrics();
    metrics.results.increment();
    if (delivery.count() > 1) {
      metrics.redelivered.increment();
    }
    Map<String, String> headers = delivery.message().headers();
    note(delivery, ExecHeaders.violations(headers));
    WorkerResult result;
    try {
      result = ResultCodec.read(delivery.message().bytes()).under(ExecHeaders.of(headers));
    } catch (ProblemException e) {
      metrics.resultsInvalid.increment();
      log.warn("result refused sequence={} reason={}", delivery.sequence(), e.getMessage());
      delivery.term();
      return;
    }
    if (!result.tenantId().isEmpty() && !tools.settings().serves(result.tenantId())) {
      reject(delivery, result);
      return;
    }
    latencies.add(result.latencyMs());
    Optional<DispatchId> dispatch = tools.ids().dispatch(result.assignmentId());
    if (dispatch.isPresent()) {
      ofJob(dispatch.get(), result, delivery);
    } else {
      ofDecision(result, delivery);
    }
  }

  private void note(Delivery delivery, List<String> violations) {
    if (!violations.isEmpty()) {
      tools.metrics().contractViolations.increment();
      log.warn(
          "contract_violation=true subject={} sequence={} headers={}",
          delivery.message().subject(),
          delivery.sequence(),
          violations);
    }
  }

  private void reject(Delivery delivery, WorkerResult result) {
    tools.metrics().resultTenantsRejected.increment();
    log.warn(
        "result of another tenant sequence={} assignment_id={}",
        delivery.sequence(),
        result.assignmentId());
    redelivery.giveBack(delivery);
  }

  private void ofJob(DispatchId dispatch, WorkerResult result, Delivery delivery) {
    WorkerGroup group = tools.holders().get(dispatch);
    if (group != null) {
      String tenant = group.tenantOf(dispatch);
      if (!tenant.isEmpty() && !isOf(tenant, result)) {
        reject(delivery, result);
        return;
      }
      if (group.ended(dispatch, result, delivery)) {
        return;
      }
    }
    if (tools.told().contains(result.assignmentId())) {
      tools.metrics().resultsDuplicate.increment();
      delivery.ack();
    } else if (tools.nanos() - settledNanos < 0) {
      redelivery.giveBack(delivery);
    } else {
      late(result, delivery);
    }
  }

  /// The attempt is over. It took what it took.
  private void late(WorkerResult result, Delivery delivery) {
    tools.metrics().resultsLate.increment();
    if (result.tenantId().isEmpty()) {
      delivery.ack();
    } else {
      tools.tell(
          usage(
              result,
              result.tenantId(),
              result.providerId(),
              result.jobType(),
              result.assignmentId(),
              result.requestId()),
          delivery,
          () -> {});
    }
  }

  private static boolean isOf(String tenant, WorkerResult result) {
    return result.tenantId().isEmpty() || result.tenantId().equals(tenant);
  }

  private void ofDecision(WorkerResult result, Delivery delivery) {
    Optional<PushedAssignments.Pushed> found =
        pushed.find(result.assignmentId(), result.requestId(), result.tenantId());
    if (found.isEmpty()) {
      tools.metrics().resultsUnknown.increment();
      delivery.ack();
      return;
    }
    PushedAssignments.Pushed of = found.get();
    if (!isOf(of.tenantId(), result)) {
      reject(delivery, result);
      return;
    }
    switch (pushed.end(of.assignmentId(), delivery.sequence())) {
      case DUPLICATE -> {
        tools.metrics().resultsDuplicate.increment();
        delivery.ack();
      }
      case FIRST -> {
        router.accept(learned(of, result));
        tell(of, result, delivery);
      }
      case FIRST_UNTOLD -> tell(of, result, delivery);
    }
  }

  private void tell(PushedAssignments.Pushed of, WorkerResult result, Delivery delivery) {
    UsageEvent usage =
        usage(
            result,
            of.tenantId(),
            ranBy(of, result),
            of.taskType(),
            of.assignmentId(),
            of.requestId());
    tools.tell(usage, delivery, () -> pushed.told(of.assignmentId()));
  }

  /// What is remembered of an assignment that was decided again after a restart may be another
  /// choice than the one that was sent: the result knows who did the work.
  private static String ranBy(PushedAssignments.Pushed of, WorkerResult result) {
    return result.providerId().isEmpty() ? of.providerId() : result.providerId();
  }

  private UsageEvent usage(
      WorkerResult result,
      String tenant,
      String provider,
      String type,
      String assignmentId,
      String requestId) {
    return new UsageEvent(
        tenant,
        provider,
        type,
        result.latencyMs(),
        result.cost(),
        result.status().wire(),
        tools.clock().millis(),
        result.correlation().traceId(),
        assignmentId,
        requestId);
  }

  private static RouteResult learned(PushedAssignments.Pushed of, WorkerResult result) {
    return new RouteResult(
        of.tenantId(),
        of.policyId(),
        of.policyVersion(),
        ranBy(of, result),
        of.taskType(),
        of.user(),
        of.key(),
        FailureClass.ofResult(result.status().wire(), result.errorCode()),
        result.latencyMs(),
        result.cost(),
        result.inputTokens(),
        result.outputTokens(),
        0);
  }
}
