package dev.reeve.conformance.crash;

import java.io.PrintStream;
import java.time.Duration;

/// PostgreSQL is shut down or killed under load and comes back; the server is not touched and must
/// go on by itself.
record DatabaseRestart() implements Scenario {
  private static final Duration LOAD_MIN = Duration.ofMillis(300);
  private static final Duration LOAD_MAX = Duration.ofMillis(1_500);
  private static final Duration BACK_MAX = Duration.ofSeconds(20);

  @Override
  public void run(int rounds, long seed, PrintStream out) {
    Diary diary = new Diary();
    Inspection inspection = new Inspection(diary);
    try (Kept rig = new Kept(Rig.postgresql(), out)) {
      rig.rig().start();
      try (LoadWorker worker = new LoadWorker(rig.rig().address())) {
        for (int round = 1; round <= rounds; round++) {
          out.println(round(rig.rig(), diary, inspection, new Chance(seed, round), round, rounds));
        }
        try (Calls calls = new Calls(rig.rig().address())) {
          TreeAudit.run(calls, diary.accepted().keySet());
        }
      }
      rig.fine();
    }
  }

  private static String round(
      Rig rig, Diary diary, Inspection inspection, Chance chance, int round, int rounds) {
    int before = diary.size();
    boolean kill = round % 2 == 0;
    Duration back;
    try (Load load = Load.start(new Calls(rig.address()), diary, "d" + round, chance.seed());
        Calls calls = new Calls(rig.address())) {
      chance.pass(LOAD_MIN, LOAD_MAX);
      if (kill) {
        rig.postgres().kill();
      } else {
        rig.postgres().stop();
      }
      chance.pass(LOAD_MIN, LOAD_MAX);
      rig.postgres().resume();
      back = Probe.untilAccepted(calls, diary, "d" + round + "-probe", BACK_MAX);
      chance.pass(LOAD_MIN, LOAD_MAX);
      load.stop();
    }
    Violation.unless(rig.isAlive(), "the server ended when its database did");
    try (Calls calls = new Calls(rig.address())) {
      Inspection.Found found = inspection.run(calls);
      return "postgresql %s %d/%d seed=%d back=%dms acknowledged=%d jobs=%d events=%d"
          .formatted(
              kill ? "killed" : "restarted",
              round,
              rounds,
              chance.seed(),
              back.toMillis(),
              diary.size() - before,
              found.jobs(),
              found.events());
    }
  }
}
