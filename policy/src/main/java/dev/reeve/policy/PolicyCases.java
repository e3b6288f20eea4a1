package dev.reeve.policy;

import dev.reeve.base.Bytes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Runs the cases that stand beside a policy. Each case starts with empty counts, and no time
/// passes within it. Pure.
public final class PolicyCases {
  private static final int ENTRIES_MAX = 100_000;

  private PolicyCases() {}

  /// What came of reading a file of cases.
  public sealed interface Load {
    /// The file is a list of cases.
    record Loaded(List<PolicyCase> cases) implements Load {
      public Loaded {
        cases = List.copyOf(cases);
      }
    }

    /// It is not; everything that is wrong, in order.
    record Refused(List<PolicyFault> faults) implements Load {
      public Refused {
        faults = List.copyOf(faults);
      }
    }
  }

  /// Reads a file of cases as strictly as a policy.
  public static Load load(Bytes file) {
    Faults faults = new Faults();
    List<PolicyCase> cases = List.of();
    try {
      cases = new PolicyCaseReader(new YamlValues(faults)).cases(PolicyFile.tree(file));
    } catch (YamlException e) {
      faults.add(e.place(), "", String.valueOf(e.getMessage()));
    }
    return faults.isEmpty() ? new Load.Loaded(cases) : new Load.Refused(faults.inOrder());
  }

  /// Asks the policy every case.
  public static PolicyCaseReport run(
      PolicySnapshot policy, List<PolicyCase> cases, InputScanner scanner) {
    List<PolicyCaseReport.Result> results = new ArrayList<>();
    Set<String> deciders = new LinkedHashSet<>();
    for (PolicyCase testCase : cases) {
      PolicyContext context =
          new PolicyContext(
              new VelocityCounts(InstantSource.fixed(Instant.EPOCH), ENTRIES_MAX), scanner);
      PolicyDecision decision = policy.decide(testCase.request(), context);
      deciders.add(decision.ruleId());
      for (int i = 1; i < testCase.repeat(); i++) {
        decision = policy.decide(testCase.request(), context);
        deciders.add(decision.ruleId());
      }
      results.add(
          new PolicyCaseReport.Result(testCase, decision, testCase.expected().isMetBy(decision)));
    }
    List<String> ids = new ArrayList<>();
    policy.document().rules().forEach(rule -> ids.add(rule.id()));
    policy.document().more().inputRules().forEach(rule -> ids.add(rule.id()));
    return new PolicyCaseReport(
        results,
        ids.stream().filter(deciders::contains).distinct().toList(),
        ids.stream().filter(id -> !deciders.contains(id)).distinct().toList());
  }
}
