package dev.reeve.bench;

/// Lets JVMs come to what they are after a while: stretches of work, and after each a rest in which
/// they compile what they found to be hot. Work that never rests leaves their compilers a small
/// part of two busy cores, and then they are at it for minutes.
final class WarmUp {
  private static final int STRETCHES = 6;
  private static final int REST_SECONDS_MAX = 20;
  private static final int ROUNDS_MAX = 60;
  private static final int RESTS_IN_A_ROW = 2;
  private static final long OWN_PID = ProcessHandle.current().pid();

  private WarmUp() {}

  /// Uses of a server that take some seconds.
  @FunctionalInterface
  interface Use {
    void run() throws InterruptedException;
  }

  /// Until neither the server's compilers nor our own use more of a core while it is used, two
  /// rounds in a row (code becomes hot in waves), or sixty rounds are over. Ours count because both
  /// share the cores: whoever wakes up behind a compiler waits for some milliseconds.
  ///
  /// @param coresMax processor seconds a second, of each
  static void untilCompilersRest(Server server, double coresMax, Use use)
      throws InterruptedException {
    int rests = 0;
    for (int i = 0; i < ROUNDS_MAX && rests < RESTS_IN_A_ROW; i++) {
      double serverBefore = CompilerTime.seconds(server.pid());
      double oursBefore = CompilerTime.seconds(OWN_PID);
      long start = System.nanoTime();
      use.run();
      double seconds = (System.nanoTime() - start) / 1e9;
      double cores =
          Math.max(
                  CompilerTime.seconds(server.pid()) - serverBefore,
                  CompilerTime.seconds(OWN_PID) - oursBefore)
              / seconds;
      rests = cores <= coresMax ? rests + 1 : 0;
    }
  }

  /// @param cycles of all stretches together
  /// @param secondsMax of all stretches together, without the rests
  static void run(ClosedLoop loop, long cycles, int secondsMax) throws InterruptedException {
    for (int i = 0; i < STRETCHES; i++) {
      stretch(loop, cycles / STRETCHES, secondsMax / STRETCHES);
    }
  }

  /// One stretch and a rest.
  static void stretch(ClosedLoop loop, long cycles, int secondsMax) throws InterruptedException {
    loop.await(loop.count() + cycles, secondsMax);
    loop.rest();
    Machine.awaitIdle(REST_SECONDS_MAX);
    loop.goOn();
  }
}
