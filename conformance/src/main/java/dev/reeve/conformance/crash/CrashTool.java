package dev.reeve.conformance.crash;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `dev/crash`. Exits 0 when every promise was kept, 1 at the first one that was not, 2 for wrong
/// arguments.
@Command(
    name = "dev/crash",
    mixinStandardHelpOptions = true,
    description = "Kills and starves the real server under load, and checks what it promised.",
    sortOptions = false)
final class CrashTool implements Callable<Integer> {
  private static final int EXIT_OK = 0;
  private static final int EXIT_VIOLATION = 1;

  /// Fewer rounds of what takes longer.
  private static final int ROUNDS_PER_OUTAGE = 2;

  /// Which stores are hurt.
  enum Stores {
    SQLITE,
    POSTGRESQL,
    BOTH
  }

  /// Which ways to hurt them.
  enum Mode {
    KILL,
    DISK_FULL,
    DATABASE,
    ALL
  }

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds of kill -9 per store; half as many of the other kinds (5).")
  private int rounds;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = "both",
      description = "sqlite, postgresql or both (both).")
  private Stores stores = Stores.BOTH;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "all",
      description = "kill, disk_full, database or all (all).")
  private Mode mode = Mode.ALL;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Draws the same load and moments again (a new one each time).")
  private @Nullable Long seed;

  private final PrintStream out;

  private CrashTool(PrintStream out) {
    this.out = out;
  }

  /// Runs it.
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(
        new CommandLine(new CrashTool(out))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() {
    long begin = System.nanoTime();
    long drawn = seed == null ? new SecureRandom().nextInt(1_000_000_000) : seed;
    try {
      for (Planned planned : plan()) {
        planned.scenario().run(planned.rounds(), drawn, out);
      }
    } catch (Violation violation) {
      out.println("VIOLATION: " + violation.getMessage());
      out.println(
          "again: dev/crash --rounds %d --store %s --mode %s --seed %d"
              .formatted(rounds, lower(stores), lower(mode), drawn));
      return EXIT_VIOLATION;
    }
    out.println(
        "crash: every promise kept in %d s"
            .formatted(Duration.ofNanos(System.nanoTime() - begin).toSeconds()));
    return EXIT_OK;
  }

  private record Planned(Scenario scenario, int rounds) {}

  private List<Planned> plan() {
    int outages = Math.max(1, rounds / ROUNDS_PER_OUTAGE);
    List<Planned> plan = new ArrayList<>();
    if (wants(Stores.SQLITE, Mode.KILL)) {
      plan.add(new Planned(new KillRounds("sqlite", Rig::sqlite), rounds));
    }
    if (wants(Stores.POSTGRESQL, Mode.KILL)) {
      plan.add(new Planned(new KillRounds("postgresql", Rig::postgresql), rounds));
    }
    if (wants(Stores.SQLITE, Mode.DISK_FULL)) {
      plan.add(new Planned(new DiskFull(), outages));
    }
    if (wants(Stores.POSTGRESQL, Mode.DATABASE)) {
      plan.add(new Planned(new DatabaseRestart(), outages));
    }
    return plan;
  }

  private boolean wants(Stores store, Mode kind) {
    return (stores == store || stores == Stores.BOTH) && (mode == kind || mode == Mode.ALL);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
