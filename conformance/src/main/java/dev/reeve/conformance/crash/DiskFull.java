package dev.reeve.conformance.crash;

import com.google.protobuf.ByteString;
import dev.reeve.testing.Await;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// The disk under the embedded store fills up under load: submits are refused by name, jobs can
/// still be cancelled, and with space the server goes on by itself. Then it dies by signal 9, to
/// see that what it kept is whole.
record DiskFull() implements Scenario {
  private static final String FULL = "STORE_FULL";
  private static final long LEFT_BYTES = 512 * 1024;
  private static final Duration LOAD_MIN = Duration.ofMillis(300);
  private static final Duration LOAD_MAX = Duration.ofSeconds(1);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Override
  public void run(int rounds, long seed, PrintStream out) {
    for (int round = 1; round <= rounds; round++) {
      Optional<SmallDisk> mounted = SmallDisk.mount();
      if (mounted.isEmpty()) {
        out.println("disk full: not tried (expected: root or sudo, to mount a small disk)");
        return;
      }
      // A new one each time: what earlier rounds left would fill it for good.
      try (SmallDisk disk = mounted.get();
          Kept rig = new Kept(Rig.sqlite(data(disk)), out)) {
        disk.keep(true);
        rig.rig().start();
        out.println(round(disk, rig.rig(), new Chance(seed, round), round, rounds));
        rig.fine();
        disk.keep(false);
      }
    }
  }

  private static Path data(SmallDisk disk) {
    try {
      return Files.createDirectory(disk.folder().resolve("data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String round(SmallDisk disk, Rig rig, Chance chance, int round, int rounds) {
    Diary diary = new Diary();
    String run = "f" + round;
    Duration back;
    try (Load load = Load.start(new Calls(rig.address()), diary, run, chance.seed());
        Calls calls = new Calls(rig.address())) {
      chance.pass(LOAD_MIN, LOAD_MAX);
      Order waiting = waiting(run);
      String job = calls.submit(waiting);
      disk.fill(LEFT_BYTES);
      Probe.untilRefused(calls, diary, run + "-full", FULL, LIMIT);
      cancel(calls, job);
      diary.cancelling(job);
      diary.accepted(job, waiting);
      disk.free();
      back = Probe.untilAccepted(calls, diary, run + "-back", LIMIT);
      chance.pass(LOAD_MIN, LOAD_MAX);
      load.stop();
    }
    rig.kill();
    rig.start();
    try (LoadWorker worker = new LoadWorker(rig.address());
        Calls calls = new Calls(rig.address())) {
      Inspection.Found found = new Inspection(diary).run(calls);
      TreeAudit.run(calls, diary.accepted().keySet());
      return "sqlite disk full %d/%d seed=%d back=%dms acknowledged=%d jobs=%d events=%d"
          .formatted(
              round,
              rounds,
              chance.seed(),
              back.toMillis(),
              diary.size(),
              found.jobs(),
              found.events());
    }
  }

  /// For a worker that is not there. Nobody else knows the job: only this run may cancel it.
  private static Order waiting(String run) {
    ByteString payload = ByteString.copyFromUtf8("wait");
    return new Order(Order.Kind.WORK, run + "-waits", payload, Optional.empty());
  }

  /// Somebody else's call may be in the commit that fails: what is unavailable is asked again.
  private static void cancel(Calls calls, String job) {
    AtomicBoolean accepted = new AtomicBoolean();
    Violation.unless(
        Await.reached(
            LIMIT,
            () -> {
              try {
                accepted.set(calls.cancel(job));
                return true;
              } catch (StatusRuntimeException e) {
                return false;
              }
            }),
        "no job could be cancelled on a full disk within %s",
        LIMIT);
    Violation.unless(accepted.get(), "job %s waited, but could not be cancelled", job);
  }
}
