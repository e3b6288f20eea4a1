package dev.reeve.server;

import dev.reeve.engine.Writer;
import dev.reeve.engine.WriterHealth;
import dev.reeve.gateway.reeve.GovernanceDesk;
import dev.reeve.governance.boot.DefaultGenome;
import dev.reeve.governance.boot.HeartbeatReport;
import dev.reeve.governance.boot.HeartbeatReport.Check;
import dev.reeve.governance.boot.Posture;
import dev.reeve.governance.boot.PostureState;
import dev.reeve.governance.boot.PostureTrigger;
import dev.reeve.governance.genome.Genome;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.RulesInForce;
import dev.reeve.store.KeptDocuments;
import dev.reeve.store.OpenStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The root of governance, the heartbeat and the posture of a server, wired. Nothing governed
/// passes before [#open].
final class Governance implements GovernanceDesk {
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final GovernanceKeeper keeper;
  private final PostureKeeper posture;
  private final Heartbeat heartbeat;
  private final GovernanceState state;
  private final InstantSource clock;
  private final Duration interval;

  private Governance(
      GovernanceKeeper keeper,
      PostureKeeper posture,
      Heartbeat heartbeat,
      InstantSource clock,
      Duration interval) {
    this.keeper = keeper;
    this.posture = posture;
    this.heartbeat = heartbeat;
    this.state = new GovernanceState(keeper, heartbeat, posture);
    this.clock = clock;
    this.interval = interval;
  }

  static Governance create(
      ServerConfig config,
      RulesInForce rules,
      Writer writer,
      OpenStore store,
      InstantSource clock,
      SecureRandom random) {
    KeptDocuments documents = store.documents();
    String place = config.store().equals("sqlite") ? "" : AcceptedGenomes.thisMachine();
    GovernanceKeeper keeper =
        new GovernanceKeeper(
            config.governance(),
            config.data(),
            clock,
            rules::replaceGenome,
            new AcceptedGenomes(config.data(), place, documents));
    PostureKeeper posture = PostureKeeper.open(config.data(), clock, documents);
    GateCanaries canaries = new GateCanaries(random);
    ReceiptChainCheck receipts = new ReceiptChainCheck(writer, store.log().archive());
    Heartbeat heartbeat =
        new Heartbeat(posture, clock)
            .with("prerequisites", () -> GovernanceState.prerequisites(keeper))
            .with("storage", () -> storage(writer))
            .with("receipts", receipts::check)
            .with("canary.payload", canaries::largePayload)
            .with("canary.action", canaries::fusionAction);
    Duration interval = config.governance().heartbeatInterval();
    Governance governance = new Governance(keeper, posture, heartbeat, clock, interval);
    rules.holdBackWhile(governance.state()::holdsBack);
    return governance;
  }

  /// Reads the root, making one at the very first start, and looks at everything once.
  void open(Collection<RegisteredAction> actions, SecureRandom random) {
    keeper.open(actions.stream().map(Governance::action).toList(), random);
    heartbeat.beat();
  }

  /// Looks at the files of the root; many times a second.
  void look() {
    keeper.look();
  }

  /// Beats when it is time to, sooner after a failure.
  void beatWhenDue() {
    boolean well = heartbeat.last().map(HeartbeatReport::ok).orElse(false);
    Duration wait = well || interval.compareTo(AFTER_FAILURE) < 0 ? interval : AFTER_FAILURE;
    Instant due = heartbeat.last().map(report -> report.at().plus(wait)).orElse(Instant.EPOCH);
    if (!clock.instant().isBefore(due)) {
      heartbeat.beat();
    }
  }

  GovernanceState state() {
    return state;
  }

  @Override
  public Optional<Genome> genome() {
    return keeper.root().genome();
  }

  @Override
  public List<String> troubles() {
    return state.troubles();
  }

  @Override
  public PostureState posture() {
    return posture.state();
  }

  @Override
  public Optional<HeartbeatReport> heartbeat() {
    return heartbeat.last();
  }

  @Override
  public void take(Posture wanted, String why) {
    posture.set(wanted, why);
  }

  private static Check storage(Writer writer) {
    return writer.health().state() == WriterHealth.State.WRITING
        ? Check.passed("storage")
        : Check.failed(
            "storage",
            "STORE_UNAVAILABLE",
            "the writer is " + writer.health().state(),
            PostureTrigger.TRANSIENT_FAILURE);
  }

  private static DefaultGenome.Action action(RegisteredAction action) {
    return new DefaultGenome.Action(
        action.id(),
        switch (action.risk()) {
          case LOW -> "A";
          case MEDIUM -> "B";
          case HIGH -> "C";
          case CRITICAL -> "D";
        });
  }
}
