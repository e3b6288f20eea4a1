package dev.reeve.conformance.crash;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;

/// The server dies by signal 9 at a moment that nobody chose, under load, and is started again. Now
/// and then it dies once more while it recovers.
///
/// @param name of the store, for the report
/// @param rig makes the server under test
record KillRounds(String name, Supplier<Rig> rig) implements Scenario {
  private static final Duration LOAD_MIN = Duration.ofMillis(500);
  private static final Duration LOAD_MAX = Duration.ofSeconds(3);
  private static final Duration RECOVERY_MAX = Duration.ofMillis(300);

  @Override
  public void run(int rounds, long seed, PrintStream out) {
    Diary diary = new Diary();
    Inspection inspection = new Inspection(diary);
    try (Kept rig = new Kept(this.rig.get(), out)) {
      rig.rig().start();
      try (LoadWorker worker = new LoadWorker(rig.rig().address())) {
        for (int round = 1; round <= rounds; round++) {
          out.println(round(rig.rig(), diary, inspection, new Chance(seed, round), round, rounds));
        }
        try (Calls calls = new Calls(rig.rig().address())) {
          long leaves = TreeAudit.run(calls, diary.accepted().keySet());
          out.printf(
              "%s kill -9: %d rounds, %d jobs, %d leaves: every promise kept%n",
              name, rounds, diary.size(), leaves);
        }
      }
      rig.fine();
    }
  }

  private String round(
      Rig rig, Diary diary, Inspection inspection, Chance chance, int round, int rounds) {
    int before = diary.size();
    Duration loaded;
    try (Load load = Load.start(new Calls(rig.address()), diary, "r" + round, chance.seed())) {
      loaded = chance.pass(LOAD_MIN, LOAD_MAX);
      rig.kill();
      load.stop();
    }
    Duration start = rig.start();
    boolean twice = chance.oneIn(3);
    if (twice) {
      chance.pass(Duration.ZERO, RECOVERY_MAX);
      rig.kill();
      start = rig.start();
    }
    long begin = System.nanoTime();
    try (Calls calls = new Calls(rig.address())) {
      Inspection.Found found = inspection.run(calls);
      return "%s kill -9 %d/%d seed=%d load=%dms killed=%s start=%dms acknowledged=%d jobs=%d events=%d inspected=%dms"
          .formatted(
              name,
              round,
              rounds,
              chance.seed(),
              loaded.toMillis(),
              twice ? "twice" : "once",
              start.toMillis(),
              diary.size() - before,
              found.jobs(),
              found.events(),
              Duration.ofNanos(System.nanoTime() - begin).toMillis());
    }
  }
}
