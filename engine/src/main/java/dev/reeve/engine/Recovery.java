package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.engine.port.StoredJobState;
import dev.reeve.job.Admission;
import dev.reeve.job.AdmissionCodec;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobEvolution;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobSpec;
import dev.reeve.job.JobState;
import dev.reeve.job.StateName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Brings the unfinished jobs back into memory by the same `evolve` that made them.
final class Recovery {
  private static final int LOOKUP_MAX = 1_000;

  /// Jobs that are looked at for rates, newest first.
  private static final int RATED_JOBS_MAX = 200_000;

  private Recovery() {}

  /// @return attempts whose executor died with the process before; they go back to the queue at
  ///   once
  static List<DispatchId> restore(JobLog log, LogState state) throws StoreException {
    List<DispatchId> orphaned = new ArrayList<>();
    log.loadUnfinished(stored -> {
      Job job = replay(stored);
      state.restore(job);
      if (job.state() instanceof JobState.Executing executing
          && executing.worker().startsWith(ExecutorSession.BUILT_IN)) {
        orphaned.add(executing.dispatch());
      }
    });
    return orphaned;
  }

  /// Parents that ended while some of their children were not told yet, and whether they completed.
  /// One that the store removed since counts as not completed.
  static Map<JobKey, Boolean> endedParents(JobLog log, LogState state) throws StoreException {
    List<JobKey> ended =
        state.dependents.parents().stream()
            .filter(parent -> state.table.find(parent).isEmpty())
            .toList();
    Map<JobKey, Boolean> completed = new HashMap<>();
    for (int from = 0; from < ended.size(); from += LOOKUP_MAX) {
      List<JobKey> some = ended.subList(from, Math.min(ended.size(), from + LOOKUP_MAX));
      JobLog.Known known = log.lookup(List.of(), some, log.head().nowMicros());
      for (JobKey parent : some) {
        StoredJobState stored = known.jobs().get(parent);
        completed.put(
            parent,
            stored != null && stored.endedAs().filter(StateName.COMPLETED::equals).isPresent());
      }
    }
    return completed;
  }

  /// Counts the newest jobs again, each at the time of its admission. Submits that were throttled
  /// left no job and are forgotten.
  static void rates(JobArchive archive, RateWindows rates, long sinceMicros, long windowMicros)
      throws StoreException {
    ArrayDeque<Admission> counted = new ArrayDeque<>();
    long below = Long.MAX_VALUE;
    for (int looked = 0; looked < RATED_JOBS_MAX; looked += LOOKUP_MAX) {
      List<StoredJob> jobs = archive.list(Optional.empty(), below, LOOKUP_MAX);
      for (StoredJob job : jobs) {
        Admission admission = AdmissionCodec.read(job.admission());
        below = job.jobNo();
        if (admission.spec().createdAtMicros() <= sinceMicros) {
          jobs = List.of();
          break;
        }
        if (!admission.counted().isEmpty()) {
          counted.addFirst(admission);
        }
      }
      if (jobs.size() < LOOKUP_MAX) {
        break;
      }
    }
    for (Admission admission : counted) {
      JobSpec spec = admission.spec();
      for (String key : admission.counted()) {
        rates.recall(key, spec.key().jobId(), spec.createdAtMicros(), windowMicros);
      }
    }
  }

  /// Folds what is stored of a job.
  static Job replay(StoredJob stored) {
    Job job = Job.created(stored.jobNo(), AdmissionCodec.read(stored.admission()));
    job = JobEvolution.evolve(job, EventDocument.read(stored.events()).events());
    for (Bytes segment : stored.segments()) {
      job = JobEvolution.evolve(job, EventDocument.read(segment).events());
    }
    return job;
  }
}
