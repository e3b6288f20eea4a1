package dev.reeve.gateway.reeve;

import dev.reeve.gateway.WorkerFacts;
import dev.reeve.service.BacktestPolicy;
import dev.reeve.service.HeadSigner;
import dev.reeve.service.KeepPools;
import dev.reeve.service.LoadedPolicy;
import dev.reeve.service.ReceiptProofs;
import dev.reeve.service.ReceiptReader;
import dev.reeve.service.SignalConsent;
import dev.reeve.service.VerifyLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What this API needs besides the use cases that every API calls.
///
/// @param receipts reads the audit tree
/// @param proofs shows that the tree holds them
/// @param heads the signed heads of the tree
/// @param verify looks at the log itself
/// @param server tells what the server is
/// @param governance the root of governance and the posture
/// @param consent says and shows who may be acted for
/// @param workers the connected workers, shared with whoever stops the server
/// @param families what other protocols know of their workers
/// @param pools which pools are meant for which topics
/// @param lease how long a worker may be silent
/// @param policy tells what the policy in force was made of
/// @param backtest tries policies on past jobs
public record ReevePorts(
    ReceiptReader receipts,
    ReceiptProofs proofs,
    HeadSigner heads,
    VerifyLog verify,
    ServerDescription server,
    GovernanceDesk governance,
    SignalConsent consent,
    WorkerRoster workers,
    List<WorkerFacts.Source> families,
    KeepPools pools,
    Duration lease,
    Supplier<LoadedPolicy> policy,
    BacktestPolicy backtest) {
  public ReevePorts {
    families = List.copyOf(families);
  }

  /// What is known of a worker, by whatever protocol it is connected.
  Optional<WorkerFacts> facts(String workerId) {
    Optional<WorkerFacts> own = workers.find(workerId).map(WorkerRoster.Entry::facts);
    return own.isPresent()
        ? own
        : families.stream().flatMap(family -> family.find(workerId).stream()).findFirst();
  }

  /// Workers of whatever protocol that serve no topic.
  Map<String, WorkerFacts.Idle> withoutTopics() {
    Map<String, WorkerFacts.Idle> idle = new TreeMap<>();
    families.forEach(family -> idle.putAll(family.withoutTopics()));
    return idle;
  }
}
