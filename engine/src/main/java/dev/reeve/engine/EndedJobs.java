package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.job.Admission;
import dev.reeve.job.AdmissionCodec;
import dev.reeve.job.Job;
import dev.reeve.job.JobEvent;
import dev.reeve.job.JobEvolution;
import dev.reeve.job.JobState;
import dev.reeve.job.OutcomeCodec;

/// Reads jobs that have ended from their outcome, and what a reviewer made of a held output since.
public final class EndedJobs {
  private EndedJobs() {}

  /// A job that has ended. Blocks.
  public static Job read(StoredJob stored, JobArchive archive) throws StoreException {
    Admission admission = AdmissionCodec.read(stored.admission());
    Job job = OutcomeCodec.read(stored.jobNo(), admission, stored.outcome());
    if (!(job.state() instanceof JobState.Quarantined)) {
      return job;
    }
    Job now = job;
    long after = job.lastEventSeq() + 1;
    for (Bytes document : archive.events(job.jobNo(), after, Integer.MAX_VALUE)) {
      for (JobEvent event : EventDocument.read(document).events()) {
        if (event instanceof JobEvent.HeldOutputReleased
            || event instanceof JobEvent.HeldOutputDeleted) {
          now = JobEvolution.evolve(now, event);
        }
      }
    }
    return now;
  }
}
