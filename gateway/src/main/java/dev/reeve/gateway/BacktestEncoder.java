package dev.reeve.gateway;

import dev.reeve.policy.PolicyBacktest;
import dev.reeve.policy.SimulatedDecision;
import dev.reeve.service.BacktestPolicy;
import dev.reeve.wire.reeve.v1.BacktestFlip;
import dev.reeve.wire.reeve.v1.BacktestPolicyResponse;
import dev.reeve.wire.reeve.v1.BacktestTenant;
import java.util.Map;

/// Puts a backtest into the words of `reeve.v1`, for a server and for a command without one.
public final class BacktestEncoder {
  private BacktestEncoder() {}

  /// @param snapshot id of the candidate
  public static BacktestPolicyResponse encode(String snapshot, BacktestPolicy.Result result) {
    BacktestPolicyResponse.Builder out =
        BacktestPolicyResponse.newBuilder()
            .setSnapshot(snapshot)
            .setWithoutContent(result.withoutContent());
    result.tried().byTenant().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(tenant ->
            out.addTenants(
                BacktestTenant.newBuilder()
                    .setTenant(tenant.getKey())
                    .setDecided(tenant.getValue().decided())
                    .setFlipped(tenant.getValue().flipped())
                    .setLoosened(tenant.getValue().loosened())));
    result.tried().examples().forEach(example -> out.addFlips(flip(example)));
    return out.build();
  }

  private static BacktestFlip flip(PolicyBacktest.Example example) {
    SimulatedDecision decision = example.decision();
    return BacktestFlip.newBuilder()
        .setJobId(example.reference())
        .setTenant(decision.tenant())
        .setBefore(PolicyCheckEncoder.encode(decision.before(), example.reference()))
        .setAfter(PolicyCheckEncoder.encode(decision.after(), example.reference()))
        .build();
  }
}
