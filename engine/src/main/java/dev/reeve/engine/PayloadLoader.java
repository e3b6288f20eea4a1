package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.job.Admission;
import dev.reeve.job.AdmissionCodec;
import dev.reeve.job.Content;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads from the store what an executor needs, for jobs that were dispatched and are not in the
/// cache. What was read comes back to the writer, which hands it over if the attempt still stands:
/// so an executor never gets an attempt after its cancel, and gets its credit back for one that it
/// never got.
final class PayloadLoader {
  private static final Logger log = LoggerFactory.getLogger(PayloadLoader.class);

  private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

  /// Reads of one group at most; the rest comes with the next.
  private static final int HANDED_OVER_MAX = 64;

  /// An attempt that waits for its payload.
  private record Wanted(ExecutorSession session, Job job, DispatchId dispatch) {}

  /// How a read ended.
  private sealed interface Read {
    Wanted wanted();

    record Found(Wanted wanted, ExecutorSession.Assignment assignment) implements Read {}

    /// It will never be found.
    record Gone(Wanted wanted, String code, String message) implements Read {}

    /// The store did not answer.
    record NoAnswer(Wanted wanted, long retryAtNanos) implements Read {}
  }

  private final WriterPorts ports;
  private final Runnable wake;
  private final ConcurrentLinkedQueue<Read> finished = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<Read.NoAnswer> retries = new ArrayDeque<>();

  /// @param wake makes the writer look at what came back
  PayloadLoader(WriterPorts ports, Runnable wake) {
    this.ports = ports;
    this.wake = wake;
  }

  /// Reads on another thread. Called after the commit that dispatched the attempt.
  void load(ExecutorSession session, Job job, DispatchId dispatch) {
    load(new Wanted(session, job, dispatch));
  }

  /// Hands over what came back, and asks again where there was no answer. Writer's thread only.
  ///
  /// @return whether there is more for another group
  boolean handOver(Group group, LogState state, Follower follower) {
    long now = ports.monotonic().nanos();
    while (!retries.isEmpty() && retries.getFirst().retryAtNanos() - now <= 0) {
      Wanted wanted = retries.removeFirst().wanted();
      ports.delivery().execute(() -> load(wanted));
    }
    for (int i = 0; i < HANDED_OVER_MAX; i++) {
      Read read = finished.poll();
      if (read == null) {
        return false;
      }
      handOver(group, state, follower, read);
    }
    return true;
  }

  private void handOver(Group group, LogState state, Follower follower, Read read) {
    ExecutorSession session = read.wanted().session();
    Job job = follower.find(group, read.wanted().dispatch().jobNo());
    if (job == null || !stands(job, read.wanted().dispatch())) {
      state.executors.use(session, -1);
      return;
    }
    switch (read) {
      case Read.Found found -> {
        group.deliver(() -> session.assign(found.assignment()));
        group.onUndo(() -> finished.add(found));
      }
      case Read.NoAnswer none -> retries.addLast(none);
      case Read.Gone gone -> {
        state.executors.use(session, -1);
        group.onUndo(() -> state.executors.use(session, 1));
        group.onUndo(() -> finished.add(gone));
        fail(group, follower, job, gone);
      }
    }
  }

  private static void fail(Group group, Follower follower, Job job, Read.Gone gone) {
    JobCommand command =
        new JobCommand.Fail(gone.wanted().dispatch(), gone.code(), gone.message(), false, 0, 0);
    Optional<Problem> refused = follower.carryOut(group, job, command, true);
    refused.ifPresent(problem ->
        log.error("attempt not ended job_id={} {}", job.key().jobId(), problem.message()));
  }

  private static boolean stands(Job job, DispatchId dispatch) {
    return job.state() instanceof JobState.Executing executing
        && executing.dispatch().equals(dispatch);
  }

  private void load(Wanted wanted) {
    ports
        .loading()
        .execute(() -> {
          finished.add(read(wanted));
          wake.run();
        });
  }

  private Read read(Wanted wanted) {
    String jobId = wanted.job().key().jobId();
    try {
      JobArchive archive = ports.log().archive();
      Optional<Admission> admission =
          archive.find(wanted.job().jobNo()).map(StoredJob::admission).map(AdmissionCodec::read);
      if (admission.isPresent()) {
        Optional<Bytes> payload = payload(archive, wanted.job(), admission.get());
        if (payload.isPresent()) {
          return new Read.Found(
              wanted,
              new ExecutorSession.Assignment(
                  wanted.dispatch(), wanted.job(), admission.get(), payload.get()));
        }
      }
      log.error("payload is gone job_id={}", jobId);
      return new Read.Gone(wanted, "PAYLOAD_LOST", "the stored payload is gone");
    } catch (StoreException.Damaged | RuntimeException e) {
      log.error("payload is damaged job_id={}", jobId, e);
      return new Read.Gone(wanted, "PAYLOAD_DAMAGED", "the stored payload cannot be read");
    } catch (StoreException e) {
      log.warn("payload not readable yet job_id={}", jobId, e);
      return new Read.NoAnswer(wanted, ports.monotonic().nanos() + RETRY_NANOS);
    }
  }

  private static Optional<Bytes> payload(JobArchive archive, Job job, Admission admission)
      throws StoreException {
    Content content = admission.spec().payload();
    return content.sizeBytes() == 0
        ? Optional.of(Bytes.EMPTY)
        : archive.payload(job.jobNo(), job.key().tenant(), content);
  }
}
