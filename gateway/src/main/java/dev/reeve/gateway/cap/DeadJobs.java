package dev.reeve.gateway.cap;

import dev.reeve.base.Bytes;
import dev.reeve.job.JobEvent;
import dev.reeve.job.JobProblems;
import dev.reeve.service.Times;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.CommittedEvent;
import dev.reeve.service.bus.EventEncoder;
import dev.reeve.wire.cordum.agent.v1.BusPacket;
import dev.reeve.wire.cordum.agent.v1.JobResult;
import dev.reeve.wire.cordum.agent.v1.JobStatus;
import java.time.Instant;
import java.util.List;

/// Jobs that failed, timed out, were held back or rejected by a person, as the contract tells of
/// them on `sys.job.dlq`. Follows the journal, so that none is missed; not signed, because a
/// repetition must be the same.
public final class DeadJobs implements EventEncoder {
  @Override
  public List<BusMessage> encode(CommittedEvent committed) {
    return switch (committed.event().event()) {
      case JobEvent.Failed failed ->
          letter(
              committed,
              failed.fatal() ? JobStatus.JOB_STATUS_FAILED_FATAL : JobStatus.JOB_STATUS_FAILED,
              failed.code(),
              failed.message());
      case JobEvent.TimedOut late ->
          letter(committed, JobStatus.JOB_STATUS_TIMEOUT, late.code(), late.message());
      case JobEvent.Denied denied when denied.code().equals(JobProblems.APPROVAL_REJECTED) ->
          letter(committed, JobStatus.JOB_STATUS_DENIED, "approval_rejected", denied.message());
      case JobEvent.Quarantined held ->
          letter(committed, JobStatus.JOB_STATUS_DENIED, "output_quarantined", held.message());
      default -> List.of();
    };
  }

  private static List<BusMessage> letter(
      CommittedEvent committed, JobStatus status, String code, String message) {
    JobResult result =
        JobResult.newBuilder()
            .setJobId(committed.key().jobId())
            .setStatus(status)
            .setWorkerId(CapDesk.SENDER)
            .setErrorCode(code)
            .setErrorMessage(message)
            .build();
    Instant at = Times.instant(committed.atMicros());
    BusPacket packet =
        PacketCodec.envelope(CapDesk.SENDER, committed.key().jobId(), at)
            .setJobResult(result)
            .build();
    return List.of(BusMessage.of(Subjects.DEAD, Bytes.wrap(packet.toByteArray())));
  }
}
