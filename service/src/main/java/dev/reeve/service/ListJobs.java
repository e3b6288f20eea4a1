package dev.reeve.service;

import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.job.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Lists jobs of a tenant, newest first, page by page. Blocks; belongs on a virtual thread.
///
/// A page looks at a bounded number of rows, so a narrow filter may give a short or even an empty
/// page with a token that goes on.
public final class ListJobs {
  private static final int BATCH = 256;
  private static final int ROWS_LOOKED_AT_MAX = 10_000;

  private final JobArchive archive;
  private final JobReader reader;

  public ListJobs(JobArchive archive, JobReader reader) {
    this.archive = archive;
    this.reader = reader;
  }

  /// One page.
  ///
  /// @param jobs newest first
  /// @param nextBelow where the next page begins; empty when this was the last
  public record Page(List<JobView> jobs, Optional<Long> nextBelow) {
    public Page {
      jobs = List.copyOf(jobs);
    }
  }

  /// @param below only jobs with a smaller number; `Long.MAX_VALUE` for the first page
  /// @param size most jobs in the page
  public Page list(String tenant, JobFilter filter, long below, int size) {
    return list(tenant, filter::matches, below, size);
  }

  /// The same for jobs that a filter cannot name.
  Page list(String tenant, Predicate<Job> wanted, long below, int size) {
    List<JobView> found = new ArrayList<>();
    long cursor = below;
    try {
      for (int looked = 0; looked < ROWS_LOOKED_AT_MAX; looked += BATCH) {
        List<StoredJob> rows = archive.list(Optional.of(tenant), cursor, BATCH);
        for (StoredJob row : rows) {
          JobView view = reader.view(row);
          cursor = row.jobNo();
          if (wanted.test(view.job())) {
            found.add(view);
          }
          if (found.size() == size) {
            return new Page(found, Optional.of(cursor));
          }
        }
        if (rows.size() < BATCH) {
          return new Page(found, Optional.empty());
        }
      }
    } catch (StoreException e) {
      throw JobReader.unavailable(e).toException();
    }
    return new Page(found, Optional.of(cursor));
  }
}
