package dev.reeve.gateway.cap;

import com.google.rpc.Status;
import dev.reeve.base.ProblemException;
import dev.reeve.gateway.BusCalls;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.wire.cordum.agent.v1.BusPacket;
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
  private static final int REASON_LENGTH_MAX = 512;

  private final BusCalls calls;
  private final GatewayServices services;

  PacketCancels(BusCalls calls, GatewayServices services) {
    this.calls = calls;
    this.services = services;
  }

  void cancel(BusPacket packet) {
    JobCancel cancel = packet.getJobCancel();
    try {
      String tenant = tenant(cancel);
      calls.call(
          JobServiceGrpc.getCancelJobMethod(),
          CancelJobRequest.newBuilder()
              .setJobId(cancel.getJobId())
              .setReason(reason(cancel))
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

  private static String reason(JobCancel cancel) {
    String reason = cancel.getReason().replaceAll("\\p{Cntrl}", " ");
    return reason.substring(0, Math.min(reason.length(), REASON_LENGTH_MAX));
  }
}
