package dev.reeve.simulation;

import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.job.Job;
import dev.reeve.job.JobEvent;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobProblems;
import dev.reeve.job.JobState;
import java.util.Optional;

/// A job goes on only when its parents completed, and fails for them only when one did not.
final class Family {
  private Family() {}

  static void check(JobArchive archive, StoredLife life) throws StoreException {
    Job job = life.job();
    boolean failedForThem =
        job.state() instanceof JobState.Failed failed
            && failed.code().equals(JobProblems.DEPENDENCY_FAILED);
    boolean wentOn = life.events().stream().anyMatch(JobEvent.Queued.class::isInstance);
    boolean someDidNot = false;
    for (String parent : job.header().placement().dependsOn()) {
      Optional<Job> stored = stored(archive, new JobKey(job.key().tenant(), parent));
      boolean removed = stored.isEmpty();
      boolean completed = !removed && stored.get().state() instanceof JobState.Completed;
      Promise.holds(
          completed || removed || !wentOn, "job %s: went on before %s", job.jobNo(), parent);
      someDidNot |= removed || (stored.get().isFinished() && !completed);
    }
    Promise.holds(someDidNot || !failedForThem, "job %s: no parent failed", job.jobNo());
  }

  private static Optional<Job> stored(JobArchive archive, JobKey key) throws StoreException {
    Optional<StoredJob> found = archive.find(key);
    return found.isEmpty()
        ? Optional.empty()
        : StoredLife.read(archive, found.get().jobNo()).map(StoredLife::job);
  }
}
