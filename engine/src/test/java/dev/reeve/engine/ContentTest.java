package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.StoreException;
import dev.reeve.job.Content;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobState;
import dev.reeve.job.StateName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {
  private final Rig rig = new Rig();
  private final Worker worker = rig.worker("w1", 10);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4_096, 4_097, 65_536})
  void payload_and_result_of_every_size_come_back(int size) throws StoreException {
    Bytes payload = filled(size, 1);
    Bytes result = filled(size, 2);
    Job job = rig.submit(Sketch.job("a").payload(payload));

    finish(worker.last(), result);

    assertThat(rig.store.archive().payload(job.jobNo(), Sketch.TENANT, reference(payload)))
        .contains(payload);
    assertThat(result(job, result)).contains(result);
  }

  @Test
  void a_result_above_the_row_limit_is_referred_to() throws StoreException {
    Bytes result = filled(100_000, 3);
    rig.store.blobs().put(Sketch.TENANT, reference(result).sha256(), result);
    Job job = rig.submit(Sketch.job("a"));

    rig.ask(worker.last(), new JobCommand.Complete(worker.last(), reference(result)));
    rig.settle();

    assertThat(result(job, result)).contains(result);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 10_000})
  void a_result_waits_for_its_review_and_is_released_as_it_was(int size) throws StoreException {
    Bytes result = filled(size, 4);
    Job job = rig.submit(Sketch.job("a"));
    submitResult(worker.last(), result);
    rig.settle();
    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.REVIEWING);
    rig.restart();
    assertThat(result(job, result)).contains(result);

    rig.ask(Sketch.job("a"), new JobCommand.Release(reference(result)));
    rig.settle();

    assertThat(rig.job(Sketch.job("a")).state())
        .isEqualTo(new JobState.Completed(reference(result)));
    assertThat(result(job, result)).contains(result);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 10_000})
  void result_and_release_may_share_a_group(int size) throws StoreException {
    Bytes result = filled(size, 5);
    Job job = rig.submit(Sketch.job("a"));

    submitResult(worker.last(), result);
    rig.ask(Sketch.job("a"), new JobCommand.Release(reference(result)));
    rig.group();

    assertThat(result(job, result)).contains(result);
  }

  @Test
  void a_redacted_result_never_stands_for_the_raw_one() throws StoreException {
    Bytes raw = filled(10_000, 6);
    Bytes redacted = filled(9_000, 7);
    rig.store.blobs().put(Sketch.TENANT, reference(redacted).sha256(), redacted);
    Job job = rig.submit(Sketch.job("a"));

    submitResult(worker.last(), raw);
    rig.ask(Sketch.job("a"), new JobCommand.Release(reference(redacted)));
    rig.group();

    assertThat(result(job, redacted)).contains(redacted);
    assertThat(result(job, raw)).isEmpty();
  }

  @Test
  void a_quarantined_result_is_kept_for_the_reviewer() throws StoreException {
    Bytes result = filled(2_000, 8);
    Job job = rig.submit(Sketch.job("a"));
    submitResult(worker.last(), result);
    rig.settle();

    rig.ask(Sketch.job("a"), new JobCommand.Quarantine("SECRET", "found a secret"));
    rig.settle();

    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.QUARANTINED);
    assertThat(result(job, result)).contains(result);
  }

  @Test
  void a_payload_that_does_not_fit_its_description_is_a_defect_of_the_caller() {
    Sketch sketch = Sketch.job("a").payload(filled(100, 9)).storedBefore();

    assertThatIllegalArgumentException()
        .isThrownBy(sketch::submission)
        .withMessageContaining("payload");
  }

  private void finish(DispatchId dispatch, Bytes result) {
    rig.ask(
        new LogCommand.Target.ByNumber(dispatch.jobNo()),
        new JobCommand.Complete(dispatch, reference(result)),
        result);
    rig.settle();
  }

  private void submitResult(DispatchId dispatch, Bytes result) {
    rig.ask(
        new LogCommand.Target.ByNumber(dispatch.jobNo()),
        new JobCommand.SubmitResult(dispatch, reference(result)),
        result);
  }

  private Optional<Bytes> result(Job job, Bytes expected) throws StoreException {
    return rig.store.archive().result(job.jobNo(), Sketch.TENANT, reference(expected));
  }

  private static Content reference(Bytes bytes) {
    return Content.of("application/octet-stream", bytes);
  }

  private static Bytes filled(int size, int seed) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + seed);
    }
    return Bytes.wrap(bytes);
  }
}
