package dev.reeve.gateway.reeve;

import dev.reeve.governance.boot.HeartbeatReport;
import dev.reeve.governance.boot.Posture;
import dev.reeve.governance.boot.PostureState;
import dev.reeve.governance.genome.Genome;
import java.util.List;
import java.util.Optional;

/// The root of governance and the posture, for those who run the server. Implemented by the
/// composition root; safe on any thread.
public interface GovernanceDesk {
  /// The genome in force.
  Optional<Genome> genome();

  /// One sentence for everything that is not as it should be.
  List<String> troubles();

  /// The posture now.
  PostureState posture();

  /// The newest heartbeat.
  Optional<HeartbeatReport> heartbeat();

  /// Takes a posture that a person asked for; blocks for the write of a small file.
  void take(Posture wanted, String why);
}
