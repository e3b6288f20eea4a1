package dev.reeve.gateway.reeve;

import dev.reeve.governance.boot.HeartbeatReport;
import dev.reeve.governance.boot.Posture;
import dev.reeve.governance.boot.PostureState;
import dev.reeve.governance.genome.Genome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A posture in memory, without a genome.
final class FakeGovernanceDesk implements GovernanceDesk {
  private volatile PostureState state = PostureState.normal(Instant.EPOCH);

  @Override
  public Optional<Genome> genome() {
    return Optional.empty();
  }

  @Override
  public List<String> troubles() {
    return List.of("GENOME_MISSING");
  }

  @Override
  public PostureState posture() {
    return state;
  }

  @Override
  public Optional<HeartbeatReport> heartbeat() {
    return Optional.of(
        new HeartbeatReport(Instant.EPOCH, List.of(HeartbeatReport.Check.passed("storage"))));
  }

  @Override
  public void take(Posture wanted, String why) {
    state = state.set(wanted, why, Instant.EPOCH);
  }
}
