package dev.reeve.bench;

import dev.reeve.base.Bytes;
import dev.reeve.policy.Decision;
import dev.reeve.policy.PolicyFile;
import dev.reeve.policy.PolicyInput;
import dev.reeve.policy.PolicySnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How long a decision of the policy takes in process, on one core, by the number of rules. The
/// peer is Cedar; both must permit the same requests.
final class DecisionScenario implements Scenario {
  private static final int[] SIZES = {10, 100, 1_000, 10_000};
  private static final int REQUESTS = 4_000;
  private static final int PEER_REQUESTS = 200;
  private static final double WARM_UP_SECONDS = 2;
  private static final double SECONDS = 2;
  private static final double PART_SECONDS = 0.5;

  @Override
  public String name() {
    return "decision";
  }

  @Override
  public void run(Report report) throws Exception {
    for (int size : SIZES) {
      if (report.wants(name() + "." + size)) {
        measure(report, name() + "." + size, new SamplePolicy(size));
      }
    }
  }

  private static void measure(Report report, String name, SamplePolicy sample) throws Exception {
    PolicySnapshot policy = PolicyFile.load(Bytes.utf8(sample.yaml())).orThrow(name);
    List<PolicyInput> requests = sample.requests(REQUESTS);
    double _ = nanos(policy, requests, WARM_UP_SECONDS);
    Figure figure = Figure.of(name, nanos(policy, requests, SECONDS) / 1e3, "us");
    List<PolicyInput> asked = requests.subList(0, PEER_REQUESTS);
    Optional<CedarPeer.Result> peer = CedarPeer.run(sample, asked);
    if (peer.isPresent()) {
      agree(name, policy, asked, peer.get().permits());
      figure = figure.withPeer(peer.get().micros());
    }
    report.add(figure);
    byPlace(policy, sample, requests)
        .forEach((place, part) ->
            report.add(
                Figure.of(name + "." + place, nanos(policy, part, PART_SECONDS) / 1e3, "us")));
  }

  private static double nanos(PolicySnapshot policy, List<PolicyInput> requests, double seconds) {
    PolicyInput[] all = requests.toArray(PolicyInput[]::new);
    return CoreTime.nanosPerRound(
        round -> policy.decide(all[round % all.length]).ruleId().length(), seconds);
  }

  /// A peer that answers otherwise would be measured at other work.
  private static void agree(
      String name, PolicySnapshot policy, List<PolicyInput> requests, List<Boolean> permits) {
    for (int i = 0; i < requests.size(); i++) {
      boolean permitted = policy.decide(requests.get(i)).decision() == Decision.ALLOW;
      if (permitted != permits.get(i)) {
        throw new IllegalStateException(
            name + ": Cedar " + (permits.get(i) ? "permits " : "forbids ") + requests.get(i));
      }
    }
  }

  /// Requests by where the rule stands that decided: the first tenth, the last tenth, nowhere.
  private static Map<String, List<PolicyInput>> byPlace(
      PolicySnapshot policy, SamplePolicy sample, List<PolicyInput> requests) {
    Map<String, Integer> places = new HashMap<>();
    sample.rules().forEach(rule -> places.put(rule.id(), places.size()));
    Map<String, List<PolicyInput>> parts = new HashMap<>();
    for (PolicyInput request : requests) {
      String rule = policy.decide(request).ruleId();
      int tenth = rule.isEmpty() ? -1 : places.getOrDefault(rule, 0) * 10 / places.size();
      String part =
          switch (tenth) {
            case -1 -> "never";
            case 0 -> "early";
            case 9 -> "late";
            default -> "between";
          };
      parts.computeIfAbsent(part, _ -> new ArrayList<>()).add(request);
    }
    return parts;
  }
}
