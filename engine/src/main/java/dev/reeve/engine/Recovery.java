package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.job.AdmissionCodec;
import dev.reeve.job.Job;
import dev.reeve.job.JobEvolution;
import dev.reeve.job.JobState;
import java.util.ArrayList;
import java.util.List;

/// Brings the unfinished jobs back into memory by the same `evolve` that made them.
final class Recovery {
  private Recovery() {}

  /// @return numbers of the jobs whose executor died with the process before; they go back to the
  ///   queue at once
  static List<Long> restore(JobLog log, LogState state) throws StoreException {
    List<Long> orphaned = new ArrayList<>();
    log.loadUnfinished(stored -> {
      Job job = replay(stored);
      state.restore(job);
      if (job.state() instanceof JobState.Executing executing
          && executing.worker().startsWith(ExecutorSession.BUILT_IN)) {
        orphaned.add(job.jobNo());
      }
    });
    return orphaned;
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
