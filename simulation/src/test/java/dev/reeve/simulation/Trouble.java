package dev.reeve.simulation;

import dev.reeve.engine.Answer;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.testing.FaultyJobLog;
import dev.reeve.engine.testing.FaultyJobLog.Fault;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// What goes wrong in a history: in the store, with the process, with workers.
final class Trouble {
  private static final long KEPT_MICROS = Duration.ofMinutes(2).toNanos() / 1_000;

  enum Kind {
    COMMIT_LOST,
    COMMIT_UNDECIDED,
    COMMIT_UNDECIDED_AGAIN,
    DISK_FULL_ONCE,
    DISK_FULL,
    ROOM_MADE,
    LOOKUP_FAILS,
    REOPEN_FAILS,
    READS_FAIL,
    OLD_JOBS_REMOVED,
    CRASH,
    CRASH_AFTER_UNDECIDED,
    TAKE_OVER
  }

  private final World world;
  private final RandomGenerator random;

  Trouble(World world) {
    this.world = world;
    random = world.random;
  }

  void withLog() {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    world.trace.step("trouble", kind);
    world.happened.count("trouble " + kind);
    FaultyJobLog log = world.node().log;
    switch (kind) {
      case COMMIT_LOST -> log.failCommit(Fault.LOST);
      case COMMIT_UNDECIDED, COMMIT_UNDECIDED_AGAIN -> log.failCommit(Fault.UNDECIDED);
      case DISK_FULL_ONCE -> log.failCommit(Fault.DISK_FULL);
      case DISK_FULL -> log.fill(random.nextInt(30));
      case ROOM_MADE -> log.makeRoom();
      case LOOKUP_FAILS -> log.failLookups(1);
      case REOPEN_FAILS -> log.failReopens(random.nextInt(4));
      case READS_FAIL -> log.failReads(random.nextInt(4));
      case OLD_JOBS_REMOVED -> removeOld();
      case CRASH -> world.crash();
      case CRASH_AFTER_UNDECIDED -> {
        log.failCommit(Fault.UNDECIDED);
        world.node().writer.drain();
        world.crash();
      }
      case TAKE_OVER -> world.takeOver();
    }
  }

  void withWorker() {
    SimWorker worker = world.anyWorker();
    int kind = random.nextInt(5);
    world.trace.step("trouble " + kind + " with", worker.id);
    switch (kind) {
      case 0 -> worker.crash();
      case 1 -> worker.disconnect(/* inOrder= */ true, /* told= */ true);
      case 2 -> worker.disconnect(/* inOrder= */ false, random.nextBoolean());
      case 3 -> worker.hang();
      default -> worker.wakeUp();
    }
  }

  private void removeOld() {
    long before = world.nowMicros() - KEPT_MICROS;
    world.oracle.mayRemove(before);
    world.node().offer(new LogCommand.RemoveFinished(before, 10, Answer.none()));
  }
}
