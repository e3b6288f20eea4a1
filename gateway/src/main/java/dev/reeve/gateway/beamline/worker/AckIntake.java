package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.ProblemException;
import dev.reeve.job.DispatchId;
import dev.reeve.service.bus.Delivery;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of a worker's answer to an assignment: the first sign of a job, or its way back to
/// the queue.
///
/// @param pushed assignments that followed decisions; of these an answer is counted alone
/// @param seen assignments that were answered, each with the answer
record AckIntake(
    GroupTools tools, PushedAssignments pushed, Redelivery redelivery, RecentIds seen) {
  private static final Logger log = LoggerFactory.getLogger(AckIntake.class);

  void handle(Delivery delivery) {
    ExecMetrics metrics = tools.metrics();
    metrics.acks.increment();
    WorkerAck ack;
    try {
      ExecHeaders headers = ExecHeaders.of(delivery.message().headers());
      ack = WorkerAck.read(delivery.message().bytes()).under(headers);
    } catch (ProblemException e) {
      metrics.acksInvalid.increment();
      log.warn("ack refused sequence={} reason={}", delivery.sequence(), e.getMessage());
      delivery.term();
      return;
    }
    if (!ack.tenantId().isEmpty() && !tools.settings().serves(ack.tenantId())) {
      metrics.ackTenantsRejected.increment();
      redelivery.giveBack(delivery);
      return;
    }
    if (!seen.add(ack.assignmentId() + ' ' + ack.status())) {
      metrics.acksDuplicate.increment();
    }
    Optional<DispatchId> dispatch = tools.ids().dispatch(ack.assignmentId());
    boolean known =
        dispatch.isPresent()
            ? ofJob(dispatch.get(), ack)
            : pushed.find(ack.assignmentId(), "", "").isPresent();
    if (!known) {
      metrics.acksUnknown.increment();
    }
    delivery.ack();
  }

  private boolean ofJob(DispatchId dispatch, WorkerAck ack) {
    WorkerGroup group = tools.holders().get(dispatch);
    if (group == null) {
      return false;
    }
    String tenant = group.tenantOf(dispatch);
    boolean isOf = ack.tenantId().isEmpty() || ack.tenantId().equals(tenant);
    return isOf && group.acked(dispatch, ack);
  }
}
