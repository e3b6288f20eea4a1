package dev.reeve.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.testing.FakeClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What every contract suite needs: one empty store, and a way to open it again.
abstract class StoreContract {
  final FakeClock clock = new FakeClock();
  private @Nullable OpenStore store;

  /// Opens the store of this test; the first call finds it empty.
  abstract OpenStore open() throws StoreException;

  @BeforeEach
  void openStore() throws StoreException {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store().close();
  }

  final OpenStore store() {
    return Objects.requireNonNull(store, "store");
  }

  final JobLog log() {
    return store().log();
  }

  final JobArchive archive() {
    return store().log().archive();
  }

  final LogHead head() {
    return store().log().head();
  }

  /// Closes the store and opens it again, as a restart does.
  final void restart() throws StoreException {
    store().close();
    store = open();
  }

  final CommitBuilder next() {
    return CommitBuilder.after(head());
  }

  final LogHead commit(CommitBuilder builder) throws StoreException {
    Commit commit = builder.build();
    log().commit(commit);
    assertThat(head()).isEqualTo(commit.after());
    return commit.after();
  }

  final List<StoredJob> unfinished() throws StoreException {
    List<StoredJob> jobs = new ArrayList<>();
    log().loadUnfinished(jobs::add);
    return jobs;
  }

  final long nowMicros() {
    return TimeUnit.SECONDS.toMicros(clock.instant().getEpochSecond());
  }
}
