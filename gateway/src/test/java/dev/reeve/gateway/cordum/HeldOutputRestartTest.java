package dev.reeve.gateway.cordum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.TestWorker;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.testing.Await;
import dev.reeve.wire.reeve.v1.DeleteHeldOutputRequest;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.GetJobResultRequest;
import dev.reeve.wire.reeve.v1.HeldOutput;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.ListHeldOutputsRequest;
import dev.reeve.wire.reeve.v1.OutputReviewServiceGrpc;
import dev.reeve.wire.reeve.v1.ReadHeldOutputRequest;
import dev.reeve.wire.reeve.v1.ReleaseHeldOutputRequest;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import io.grpc.StatusRuntimeException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What was said about held outputs still holds after a restart.
final class HeldOutputRestartTest {
  private static final String KEY = "the key is AKIA" + "Z7Q2M4K9T1X8W5B3";
  private static final String POLICY =
      """
      version: out-1
      default_decision: allow
      output_policy: {enabled: true, fail_mode: closed}
      output_rules: [{id: keys, decision: quarantine, match: {scanners: [secret]}}]
      """;

  private final InMemoryStore store = new InMemoryStore(InstantSource.system());
  private GatewayFixture gateway = start();

  private GatewayFixture start() {
    return GatewayFixture.startOn(
        store, POLICY, (services, archive) -> List.of(ReeveFixture.dialect(services, archive)));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private JobServiceGrpc.JobServiceBlockingStub jobs() {
    return JobServiceGrpc.newBlockingStub(gateway.channel());
  }

  private OutputReviewServiceGrpc.OutputReviewServiceBlockingStub reviews() {
    return OutputReviewServiceGrpc.newBlockingStub(gateway.channel());
  }

  private void held(String id) {
    var _ =
        jobs()
            .submitJob(SubmitJobRequest.newBuilder().setJobId(id).setTopic("job.default").build());
    TestWorker worker = TestWorker.serving(gateway.channel(), "w-" + id, 1, "job.default");
    worker.complete(worker.assignmentOf(id), "text/plain", KEY);
    Await.until("it is held", () -> state(id) == JobState.JOB_STATE_QUARANTINED);
    worker.halfClose();
  }

  private JobState state(String id) {
    return jobs().getJob(GetJobRequest.newBuilder().setJobId(id).build()).getJob().getState();
  }

  private String result(String id) {
    StringBuilder text = new StringBuilder();
    jobs()
        .getJobResult(GetJobResultRequest.newBuilder().setJobId(id).build())
        .forEachRemaining(part -> text.append(part.getChunk().toStringUtf8()));
    return text.toString();
  }

  private String read(String id) {
    StringBuilder text = new StringBuilder();
    reviews()
        .readHeldOutput(ReadHeldOutputRequest.newBuilder().setJobId(id).build())
        .forEachRemaining(part -> text.append(part.getChunk().toStringUtf8()));
    return text.toString();
  }

  private void release(String id) {
    var _ = reviews().releaseHeldOutput(ReleaseHeldOutputRequest.newBuilder().setJobId(id).build());
  }

  private List<String> listed() {
    return reviews()
        .listHeldOutputs(ListHeldOutputsRequest.getDefaultInstance())
        .getOutputsList()
        .stream()
        .map(HeldOutput::getJob)
        .map(job -> job.getJobId())
        .toList();
  }

  @Test
  void released_stays_readable_deleted_stays_gone_and_held_stays_held() {
    held("released");
    held("deleted");
    held("held");
    release("released");
    var _ =
        reviews()
            .deleteHeldOutput(DeleteHeldOutputRequest.newBuilder().setJobId("deleted").build());

    gateway.close();
    gateway = start();

    assertThat(result("released")).isEqualTo(KEY);
    assertThatThrownBy(() -> result("deleted")).isInstanceOf(StatusRuntimeException.class);
    assertThatThrownBy(() -> read("deleted")).isInstanceOf(StatusRuntimeException.class);
    assertThatThrownBy(() -> release("deleted")).isInstanceOf(StatusRuntimeException.class);
    assertThat(listed()).containsExactly("held");
    assertThatThrownBy(() -> result("held")).isInstanceOf(StatusRuntimeException.class);
    assertThat(read("held")).isEqualTo(KEY);
    release("held");
    assertThat(result("held")).isEqualTo(KEY);
  }
}
