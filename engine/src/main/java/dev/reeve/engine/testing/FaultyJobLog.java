package dev.reeve.engine.testing;

import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.job.JobKey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.function.Consumer;

/// Any log, failing on demand the way real ones do. After a commit that failed without an answer
/// the handle is broken: everything but [#reopen()] is refused, as with a real connection.
///
/// Faults are set by the thread that drives the writer.
public final class FaultyJobLog implements JobLog {
  /// What happens to a commit.
  public enum Fault {
    /// No answer, and it did not happen.
    LOST,
    /// No answer, but it happened.
    UNDECIDED,
    /// No space; it did not happen.
    DISK_FULL,
    /// Somebody else owns the log; it did not happen.
    OWNERSHIP_LOST
  }

  private final JobLog log;
  private final FaultyArchive archive;
  private final ArrayDeque<Fault> nextCommits = new ArrayDeque<>();
  private int failingLookups;
  private int failingReopens;
  private boolean broken;
  private boolean full;
  private int reserveCommits;
  private int reserveCommitsLeft;
  private boolean reserveHeld = true;

  public FaultyJobLog(JobLog log) {
    this.log = log;
    archive = new FaultyArchive(log.archive());
  }

  /// The next commit that is not failed already fails like this.
  public void failCommit(Fault fault) {
    nextCommits.addLast(fault);
  }

  /// The next lookups are not answered.
  public void failLookups(int times) {
    failingLookups = times;
  }

  /// The next attempts to reopen are not answered.
  public void failReopens(int times) {
    failingReopens = times;
  }

  /// The next reads of the archive are not answered.
  public void failReads(int times) {
    archive.fail(times);
  }

  /// From now on no payload and no result is found any more.
  public void loseContent() {
    archive.loseContent();
  }

  /// No space is left, apart from a reserve that is good for some commits.
  public void fill(int commitsInReserve) {
    full = true;
    reserveCommits = commitsInReserve;
  }

  /// There is space again.
  public void makeRoom() {
    full = false;
  }

  /// From now on nothing fails that was not failing already.
  public void calm() {
    nextCommits.clear();
    failingLookups = 0;
    failingReopens = 0;
    archive.fail(0);
    full = false;
  }

  @Override
  public LogHead head() {
    return log.head();
  }

  @Override
  public int format() {
    return log.format();
  }

  @Override
  public void loadUnfinished(Consumer<StoredJob> sink) throws StoreException {
    log.loadUnfinished(sink);
  }

  @Override
  public Known lookup(Collection<IdempotencyScope> scopes, Collection<JobKey> jobs, long nowMicros)
      throws StoreException {
    checkWorking();
    if (failingLookups > 0) {
      failingLookups--;
      broken = true;
      throw noAnswer();
    }
    return log.lookup(scopes, jobs, nowMicros);
  }

  @Override
  public void commit(Commit commit) throws StoreException {
    checkWorking();
    checkSpace();
    Fault fault = nextCommits.pollFirst();
    if (fault == null) {
      log.commit(commit);
      return;
    }
    switch (fault) {
      case LOST -> {
        broken = true;
        throw noAnswer();
      }
      case UNDECIDED -> {
        log.commit(commit);
        broken = true;
        throw noAnswer();
      }
      case DISK_FULL -> {
        broken = true;
        throw new StoreException.DiskFull("no space", new IllegalStateException("injected"));
      }
      case OWNERSHIP_LOST -> throw new StoreException.OwnershipLost("injected");
    }
  }

  private void checkSpace() throws StoreException {
    if (full && (reserveHeld || reserveCommitsLeft == 0)) {
      broken = true;
      throw new StoreException.DiskFull("no space", new IllegalStateException("injected"));
    }
    if (full) {
      reserveCommitsLeft--;
    }
  }

  @Override
  public LogHead reopen() throws StoreException {
    if (failingReopens > 0) {
      failingReopens--;
      throw noAnswer();
    }
    LogHead head = log.reopen();
    broken = false;
    return head;
  }

  @Override
  public int removeFinished(long endedBeforeMicros, int limit) throws StoreException {
    checkWorking();
    return log.removeFinished(endedBeforeMicros, limit);
  }

  @Override
  public boolean releaseReserve() throws StoreException {
    checkWorking();
    boolean released = reserveHeld;
    if (released) {
      reserveHeld = false;
      reserveCommitsLeft = reserveCommits;
    }
    return released;
  }

  @Override
  public boolean restoreReserve() throws StoreException {
    checkWorking();
    reserveHeld |= !full;
    return reserveHeld;
  }

  @Override
  public JobArchive archive() {
    return archive;
  }

  @Override
  public void close() {
    log.close();
  }

  private void checkWorking() throws StoreException {
    if (broken) {
      throw noAnswer();
    }
  }

  static StoreException.Unavailable noAnswer() {
    return new StoreException.Unavailable("no answer", new IllegalStateException("injected"));
  }
}
