package dev.reeve.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `dev/bench NAME... [--json]`.
public final class Main {
  private static final List<Scenario> SCENARIOS = List.of(new CyclesScenario());

  private Main() {}

  /// Ends with 0 when everything was measured, with 2 when a name is unknown.
  public static void main(String[] arguments) throws Exception {
    List<String> names = new ArrayList<>(Arrays.asList(arguments));
    boolean json = names.remove("--json");
    List<Scenario> chosen = new ArrayList<>();
    for (Scenario scenario : SCENARIOS) {
      if (names.remove(scenario.name()) || names.contains("all")) {
        chosen.add(scenario);
      }
    }
    boolean _ = names.remove("all");
    if (chosen.isEmpty() || !names.isEmpty()) {
      System.err.printf(
          "bench: %s (expected: some of %s, or all; --json)%n",
          names, SCENARIOS.stream().map(Scenario::name).toList());
      System.exit(2);
    }
    Report report = new Report(System.out, System.err, json);
    for (Scenario scenario : chosen) {
      report.note(scenario.name());
      scenario.run(report);
    }
    System.exit(0);
  }
}
