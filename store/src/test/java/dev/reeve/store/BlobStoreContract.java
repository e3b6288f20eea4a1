package dev.reeve.store;

import static dev.reeve.store.CommitBuilder.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.StoreException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What may be relied on about blobs, whichever store keeps them.
abstract class BlobStoreContract extends StoreContract {
  private static final Duration AGE = Duration.ofHours(24);

  @Test
  void what_was_put_comes_back_also_after_a_restart() throws StoreException {
    Bytes content = bytes(300_001);

    put(content);
    assertThat(get(content)).isEqualTo(content);

    restart();
    assertThat(get(content)).isEqualTo(content);
  }

  @Test
  void putting_twice_is_putting_once() throws StoreException {
    Bytes content = bytes(100_000);

    put(content);
    put(content);

    assertThat(get(content)).isEqualTo(content);
  }

  @Test
  void blobs_are_never_shared_between_tenants() throws StoreException {
    Bytes content = bytes(100_000);

    put(content);

    assertThat(blobs().get("stranger", Sha256.of(content))).isEmpty();
  }

  @Test
  void an_unknown_blob_is_absent() throws StoreException {
    assertThat(blobs().get(TENANT, Sha256.of(bytes(10)))).isEmpty();
  }

  @Test
  void more_than_the_largest_size_is_a_defect_of_the_caller() {
    Bytes content = Bytes.wrap(new byte[BlobStore.SIZE_MAX + 1]);

    assertThatThrownBy(() -> put(content)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void blobs_of_every_size_come_back() throws StoreException {
    for (int size : new int[] {1, 4_096, 65_536, 65_537, 262_143, 262_144, 262_145, 1_048_577}) {
      Bytes content = bytes(size);
      put(content);
      assertThat(get(content)).as("size %s", size).isEqualTo(content);
    }
  }

  @Test
  void the_sweep_removes_old_blobs_without_a_use() throws StoreException {
    Bytes unused = bytes(80_000);
    Bytes used = bytes(80_001);
    put(unused);
    put(used);
    commit(next().job().putBlob(1, used));
    clock.advance(AGE.plusSeconds(1));

    assertThat(sweep()).isEqualTo(1);

    assertThat(blobs().get(TENANT, Sha256.of(unused))).isEmpty();
    assertThat(get(used)).isEqualTo(used);
  }

  @Test
  void the_sweep_leaves_young_blobs_and_those_put_again() throws StoreException {
    Bytes again = bytes(80_000);
    Bytes young = bytes(80_001);
    put(again);
    clock.advance(AGE.minusSeconds(10));
    put(again);
    put(young);
    clock.advance(Duration.ofSeconds(20));

    assertThat(sweep()).isZero();

    assertThat(get(again)).isEqualTo(again);
    assertThat(get(young)).isEqualTo(young);
  }

  @Test
  void the_sweep_keeps_to_its_limit() throws StoreException {
    for (int i = 0; i < 5; i++) {
      put(bytes(70_000 + i));
    }
    clock.advance(AGE.plusSeconds(1));

    assertThat(blobs().removeUnused(nowMicros() - AGE.toSeconds() * 1_000_000, 3)).isEqualTo(3);
    assertThat(sweep()).isEqualTo(2);
  }

  @Test
  void a_blob_put_again_while_the_sweep_runs_is_there_when_put_returns() throws Exception {
    int count = 100;
    for (int i = 0; i < count; i++) {
      put(bytes(1_000 + i));
    }
    clock.advance(AGE.plusSeconds(1));
    AtomicBoolean done = new AtomicBoolean();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> sweeping =
          executor.submit(() -> {
            int removed = 0;
            while (!done.get()) {
              removed += blobs().removeUnused(nowMicros(), 3);
            }
            return removed;
          });
      try {
        for (int i = count - 1; i >= 0; i--) {
          Bytes content = bytes(1_000 + i);
          put(content);
          assertThat(get(content)).isEqualTo(content);
        }
      } finally {
        done.set(true);
      }
      assertThat(sweeping.get()).isBetween(0, count);
    }
  }

  @Test
  void a_blob_goes_only_when_the_last_of_its_jobs_is_removed() throws StoreException {
    Bytes large = bytes(80_000);
    Bytes small = bytes(5_000);
    put(large);
    commit(next().jobs(3).putBlob(1, large).blob(1, small).putBlob(2, large).blob(2, small));
    commit(next().finish(1, 100).finish(2, 200).finish(3, 200));
    clock.advance(AGE.plusSeconds(1));

    log().removeFinished(150, 10);
    sweep();
    assertThat(get(large)).isEqualTo(large);
    assertThat(get(small)).isEqualTo(small);

    log().removeFinished(1_000, 10);
    sweep();
    assertThat(blobs().get(TENANT, Sha256.of(large))).isEmpty();
    assertThat(blobs().get(TENANT, Sha256.of(small))).isEmpty();
  }

  @Test
  void a_blob_shared_by_jobs_removed_together_goes_with_them() throws StoreException {
    Bytes small = bytes(5_000);
    commit(next().jobs(2).blob(1, small).blob(2, small));
    commit(next().finish(1, 100).finish(2, 200));
    clock.advance(AGE.plusSeconds(1));

    log().removeFinished(1_000, 10);
    sweep();

    assertThat(blobs().get(TENANT, Sha256.of(small))).isEmpty();
  }

  @Test
  void saying_twice_that_a_job_uses_a_blob_is_saying_it_once() throws StoreException {
    Bytes small = bytes(5_000);
    commit(next().job().blob(1, small));
    commit(next().blob(1, small));

    assertThat(get(small)).isEqualTo(small);
  }

  private BlobStore blobs() {
    return store().blobs();
  }

  private void put(Bytes content) throws StoreException {
    blobs().put(TENANT, Sha256.of(content), content);
  }

  private Bytes get(Bytes content) throws StoreException {
    return blobs().get(TENANT, Sha256.of(content)).orElseThrow();
  }

  private int sweep() throws StoreException {
    return blobs().removeUnused(nowMicros() - AGE.toSeconds() * 1_000_000, 1_000);
  }

  private static Bytes bytes(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return Bytes.wrap(content);
  }
}
