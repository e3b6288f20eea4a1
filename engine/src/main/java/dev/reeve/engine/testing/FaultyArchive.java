package dev.reeve.engine.testing;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.job.Content;
import dev.reeve.job.JobKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Readers that now and then get no answer.
final class FaultyArchive implements JobArchive {
  private final JobArchive archive;
  private final AtomicInteger failing = new AtomicInteger();
  private volatile boolean contentLost;

  FaultyArchive(JobArchive archive) {
    this.archive = archive;
  }

  void fail(int times) {
    failing.set(times);
  }

  void loseContent() {
    contentLost = true;
  }

  @Override
  public Optional<StoredJob> find(JobKey key) throws StoreException {
    check();
    return archive.find(key);
  }

  @Override
  public Optional<StoredJob> find(long jobNo) throws StoreException {
    check();
    return archive.find(jobNo);
  }

  @Override
  public Optional<StoredJob> findInAnyTenant(String jobId) throws StoreException {
    check();
    return archive.findInAnyTenant(jobId);
  }

  @Override
  public List<Bytes> events(long jobNo, long fromSeq, int bytesMax) throws StoreException {
    check();
    return archive.events(jobNo, fromSeq, bytesMax);
  }

  @Override
  public Optional<Bytes> payload(long jobNo, String tenant, Content content) throws StoreException {
    check();
    return contentLost ? Optional.empty() : archive.payload(jobNo, tenant, content);
  }

  @Override
  public Optional<Bytes> result(long jobNo, String tenant, Content content) throws StoreException {
    check();
    return contentLost ? Optional.empty() : archive.result(jobNo, tenant, content);
  }

  @Override
  public List<StoredJob> list(Optional<String> tenant, long belowJobNo, int limit)
      throws StoreException {
    check();
    return archive.list(tenant, belowJobNo, limit);
  }

  @Override
  public List<JournalRow> journal(long afterPosition, int limit) throws StoreException {
    check();
    return archive.journal(afterPosition, limit);
  }

  @Override
  public List<Commit.TileRow> tiles(long fromIndex, int limit) throws StoreException {
    check();
    return archive.tiles(fromIndex, limit);
  }

  private void check() throws StoreException {
    if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw FaultyJobLog.noAnswer();
    }
  }
}
