package dev.reeve.server;

import dev.reeve.engine.Writer;
import dev.reeve.engine.WriterHealth;
import dev.reeve.gateway.HealthView;
import dev.reeve.gateway.beamline.worker.BeamlineWorkers;
import dev.reeve.routing.Router;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusHealth;
import dev.reeve.service.bus.PublicationStatus;
import dev.reeve.service.decider.DeciderStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `/healthz` says: the writer and governance decide whether we serve, a lost or broken policy
/// file whether somebody should look; so do another decider that does not answer and a broker that
/// is not there.
final class ServerHealth implements HealthView {
  private final Writer writer;
  private final PolicyKeeper policy;
  private final Optional<PolicyMirror> mirror;
  private final Deciders deciders;
  private final GovernanceState governance;
  private final Bus bus;
  private final Routing routing;
  private final BeamlineWorkers workers;
  private final Publication publication;

  ServerHealth(
      Writer writer,
      PolicyKeeper policy,
      Optional<PolicyMirror> mirror,
      Deciders deciders,
      GovernanceState governance,
      Bus bus,
      Routing routing,
      BeamlineWorkers workers,
      Publication publication) {
    this.writer = writer;
    this.policy = policy;
    this.mirror = mirror;
    this.deciders = deciders;
    this.governance = governance;
    this.bus = bus;
    this.routing = routing;
    this.workers = workers;
    this.publication = publication;
  }

  @Override
  public Health now() {
    List<String> reasons = new ArrayList<>();
    WriterHealth writing = writer.health();
    State state =
        switch (writing.state()) {
          case WRITING -> State.OK;
          case STORE_DOWN -> unavailable(reasons, "the store does not answer");
          case STORE_FULL -> unavailable(reasons, "the store is full");
          case STOPPED -> unavailable(reasons, "the writer has stopped");
        };
    List<String> fallen = governance.troubles();
    if (!fallen.isEmpty()) {
      reasons.addAll(fallen);
      State worst = governance.serving() ? State.DEGRADED : State.UNAVAILABLE;
      state = worst.compareTo(state) > 0 ? worst : state;
    }
    for (String trouble :
        List.of(
            policy.trouble(),
            mirror.map(PolicyMirror::trouble).orElse(""),
            routing.keeper().trouble(),
            bus.health().complaint())) {
      if (!trouble.isEmpty()) {
        reasons.add(trouble);
        state = state == State.OK ? State.DEGRADED : state;
      }
    }
    for (DeciderStatus decider : deciders.statuses()) {
      if (!decider.isWell()) {
        reasons.add(decider.trouble());
        state = state == State.OK ? State.DEGRADED : state;
      }
    }
    return new Health(state, reasons);
  }

  @Override
  public List<DeciderStatus> deciders() {
    return deciders.statuses();
  }

  @Override
  public Optional<BusHealth> bus() {
    return Optional.of(bus.health());
  }

  @Override
  public Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    workers.counts().forEach((name, count) -> counts.put("reeve_beamline_" + name, count));
    return counts;
  }

  @Override
  public Optional<PublicationStatus> publication() {
    return publication.status();
  }

  @Override
  public Optional<Router> router() {
    return Optional.of(routing.router());
  }

  private static State unavailable(List<String> reasons, String reason) {
    reasons.add(reason);
    return State.UNAVAILABLE;
  }
}
