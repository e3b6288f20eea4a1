package dev.reeve.gateway.cap;

import com.google.rpc.Status;
import dev.reeve.base.ProblemException;
import dev.reeve.gateway.BusCalls;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobState;
import dev.reeve.wire.cordum.agent.v1.BusPacket;
import dev.reeve.wire.cordum.agent.v1.DispatchIdentity;
import dev.reeve.wire.cordum.agent.v1.JobCancel;
import dev.reeve.wire.reeve.v1.CancelJobRequest;
import dev.reeve.wire.reeve.v1.CancelJobResponse;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cancels jobs as packets ask, by the way of every call. Blocks while it looks for the tenant of a
/// job that names none.
final class PacketCancels {
  private static final Logger log = LoggerFactory.getLogger(PacketCancels.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int WORDS_LENGTH_MAX = 512;

  private final BusCalls calls;
  private final GatewayServices services;
  private final CancelWishes wishes;

  PacketCancels(BusCalls calls, GatewayServices services, CancelWishes wishes) {
    this.calls = calls;
    this.services = services;
    this.wishes = wishes;
  }

  void cancel(BusPacket packet) {
    JobCancel cancel = packet.getJobCancel();
    try {
      String tenant = tenant(cancel);
      if (isOfAnotherAttempt(cancel, tenant)) {
        log.info(
            "cancel by the bus is of another attempt job_id={} sender={} dispatch_id={} attempt={}",
            cancel.getJobId(),
            packet.getSenderId(),
            cancel.getDispatch().getDispatchId(),
            cancel.getDispatch().getAttempt());
        return;
      }
      wishes.add(cancel.getJobId(), words(cancel.getRequestedBy()));
      calls.call(
          JobServiceGrpc.getCancelJobMethod(),
          CancelJobRequest.newBuilder()
              .setJobId(cancel.getJobId())
              .setReason(words(cancel.getReason()))
              .build(),
          new BusCalls.Sender(tenant, ""),
          TIMEOUT,
          new BusCalls.Outcome<>() {
            @Override
            public void done(CancelJobResponse response) {}

            @Override
            public void failed(Status status) {
              log.info(
                  "cancel by the bus refused job_id={} sender={} reason={}",
                  cancel.getJobId(),
                  packet.getSenderId(),
                  status.getMessage());
            }
          });
    } catch (ProblemException e) {
      log.info(
          "cancel by the bus refused job_id={} sender={} reason={}",
          cancel.getJobId(),
          packet.getSenderId(),
          e.problem().reason());
    }
  }

  /// Whoever names an attempt wants that one stopped, not the job that went on without it.
  private boolean isOfAnotherAttempt(JobCancel cancel, String tenant) {
    DispatchIdentity named = cancel.getDispatch();
    if (named.getDispatchId().isEmpty() && named.getAttempt() == 0) {
      return false;
    }
    return services
        .reader()
        .find(new JobKey(tenant, cancel.getJobId()))
        .filter(view ->
            !(view.job().state() instanceof JobState.Executing executing
                && JobPackets.isOf(executing.dispatch(), named)))
        .isPresent();
  }

  private String tenant(JobCancel cancel) {
    String named = cancel.getIdentity().getTenantId();
    return named.isEmpty()
        ? services
            .reader()
            .findInAnyTenant(cancel.getJobId())
            .map(view -> view.job().key().tenant())
            .orElse("")
        : named;
  }

  private static String words(String text) {
    String words = text.replaceAll("\\p{Cntrl}", " ");
    return words.substring(0, Math.min(words.length(), WORDS_LENGTH_MAX));
  }
}
