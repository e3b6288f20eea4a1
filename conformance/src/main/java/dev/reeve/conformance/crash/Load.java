package dev.reeve.conformance.crash;

import dev.reeve.wire.reeve.v1.JobCursor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/// Clients at work: each thread submits, repeats, cancels, reads and watches by chance, and notes
/// what it was told. A server that does not answer is asked again a moment later; an answer that no
/// server should give ends the load.
final class Load implements AutoCloseable {
  private static final int CLIENTS = 8;
  private static final int WATCHES_MAX = 32;
  private static final int WATCH_SECONDS_MAX = 60;
  private static final long PAUSE_NANOS_MAX = Duration.ofMillis(4).toNanos();
  private static final long OUTAGE_NANOS = Duration.ofMillis(50).toNanos();

  /// What a server may say that is going, coming, or has too much to do.
  private static final Set<Status.Code> EXCUSED =
      Set.of(Status.Code.UNAVAILABLE, Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED);

  private final Calls calls;
  private final Diary diary;
  private final String run;
  private final List<Thread> clients = new ArrayList<>();
  private final Semaphore watches = new Semaphore(WATCHES_MAX);
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private volatile boolean stopping;

  private Load(Calls calls, Diary diary, String run) {
    this.calls = calls;
    this.diary = diary;
    this.run = run;
  }

  /// Starts the clients.
  ///
  /// @param run part of every key, so that no two runs share one
  static Load start(Calls calls, Diary diary, String run, long seed) {
    Load load = new Load(calls, diary, run);
    SplittableGenerator chance =
        RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom").create(seed);
    for (int i = 0; i < CLIENTS; i++) {
      SplittableGenerator own = chance.split();
      load.clients.add(Thread.ofPlatform().name("client-" + i).start(() -> load.work(own)));
    }
    return load;
  }

  /// Ends it: no call is under way any more. Throws what a client could not excuse.
  void stop() {
    stopping = true;
    try {
      for (Thread client : clients) {
        client.join();
      }
      // Some watch jobs that wait for a worker that is not there.
      calls.close();
      watches.acquire(WATCHES_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  @Override
  public void close() {
    stopping = true;
    calls.close();
  }

  private void work(RandomGenerator random) {
    while (!stopping && failure.get() == null) {
      try {
        act(random);
        LockSupport.parkNanos(random.nextLong(PAUSE_NANOS_MAX));
      } catch (StatusRuntimeException refusal) {
        if (!EXCUSED.contains(refusal.getStatus().getCode())) {
          failure.compareAndSet(null, new Violation("a client was answered " + refusal));
        }
        LockSupport.parkNanos(OUTAGE_NANOS);
      } catch (RuntimeException failed) {
        failure.compareAndSet(null, failed);
      }
    }
  }

  private void act(RandomGenerator random) {
    int die = random.nextInt(100);
    Optional<String> job = diary.someJob(random);
    if (die < 60 || job.isEmpty()) {
      submit(random);
    } else if (die < 70) {
      repeat(job.get());
    } else if (die < 80) {
      diary.cancelling(job.get());
      calls.cancel(job.get());
    } else if (die < 90) {
      watch(job.get());
    } else {
      calls.job(job.get());
      diary.tree(diary.treeSize(), calls.treeHead().getSize());
    }
  }

  private void submit(RandomGenerator random) {
    String key = random.nextBoolean() ? run + "-" + diary.next() : "";
    Optional<String> parent = random.nextInt(20) == 0 ? diary.someJob(random) : Optional.empty();
    Order order = Order.draw(random, key, parent);
    try {
      diary.accepted(calls.submit(order), order);
    } catch (StatusRuntimeException refusal) {
      diary.unanswered(order);
      throw refusal;
    }
  }

  private void repeat(String job) {
    Order order = diary.orderOf(job).orElseThrow();
    if (!order.key().isEmpty()) {
      String again = calls.submit(order);
      Violation.unless(again.equals(job), "key %s gave job %s, then %s", order.key(), job, again);
    }
  }

  /// Watches to the end of the job or of the server, beside everything else.
  private void watch(String job) {
    if (watches.tryAcquire()) {
      Thread.ofVirtual()
          .name("watch")
          .start(() -> {
            try {
              calls.watch(
                  List.of(JobCursor.newBuilder().setJobId(job).build()),
                  WATCH_SECONDS_MAX,
                  diary::seen);
            } catch (StatusRuntimeException hungUp) {
              // What it has seen until then is noted.
            } catch (RuntimeException failed) {
              failure.compareAndSet(null, failed);
            } finally {
              watches.release();
            }
          });
    }
  }
}
