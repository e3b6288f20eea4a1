package dev.reeve.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `dev/bench NAME... [--json]`. A name may be narrowed: `cycles.sqlite` measures that store only.
public final class Main {
  private static final List<Scenario> SCENARIOS =
      List.of(
          new CyclesScenario(),
          LatencyScenario.ack(),
          LatencyScenario.watch(),
          new WatchersScenario(),
          new StartScenario(),
          new StoreScenario(),
          new ReceiptsScenario(),
          new DecisionScenario(),
          new RouteScenario(),
          new RouterScenario(),
          new RouterChangeScenario(),
          new WorkersScenario(),
          new OpenAiScenario(),
          new CheckScenario(),
          new GateScenario(),
          new OutputScenario(),
          new CompileScenario(),
          new ReloadScenario(),
          SimulatorScenario.statevector(),
          SimulatorScenario.clifford(),
          new ParseScenario());

  private Main() {}

  /// Ends with 0 when everything was measured, with 2 when a name is unknown.
  public static void main(String[] arguments) throws Exception {
    List<String> names = new ArrayList<>(Arrays.asList(arguments));
    boolean json = names.remove("--json");
    List<Scenario> chosen = new ArrayList<>();
    for (Scenario scenario : SCENARIOS) {
      boolean named = names.stream().anyMatch(name -> isIn(name, scenario.name()));
      if (named || names.contains("all")) {
        chosen.add(scenario);
      }
    }
    if (chosen.isEmpty() || names.stream().anyMatch(Main::isUnknown)) {
      System.err.printf(
          "bench: %s (expected: some of %s, or all; --json)%n",
          names, SCENARIOS.stream().map(Scenario::name).toList());
      System.exit(2);
    }
    Report report = new Report(System.out, System.err, json, names);
    for (Scenario scenario : chosen) {
      report.note(scenario.name());
      scenario.run(report);
    }
    System.exit(0);
  }

  private static boolean isUnknown(String name) {
    return !name.equals("all")
        && SCENARIOS.stream().noneMatch(scenario -> isIn(name, scenario.name()));
  }

  private static boolean isIn(String name, String scenario) {
    return name.equals(scenario) || name.startsWith(scenario + ".");
  }
}
