package dev.reeve.server;

import dev.reeve.engine.Writer;
import dev.reeve.engine.WriterHealth;
import dev.reeve.gateway.HealthView;
import dev.reeve.routing.Router;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusHealth;
import dev.reeve.service.bus.PublicationStatus;
import dev.reeve.service.decider.DeciderStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What `/healthz` says: the writer and governance decide whether we serve; whether somebody should
/// look, every part that has a complaint, and another decider that does not answer.
final class ServerHealth implements HealthView {
  private final Writer writer;
  private final Deciders deciders;
  private final GovernanceState governance;
  private final Bus bus;
  private final Router router;
  private final Publication publication;
  private final Supplier<Map<String, String>> devices;
  private final List<Supplier<String>> complaints;
  private final Map<String, Supplier<Map<String, Long>>> counts;

  /// @param devices those that take no work, and how they stand
  /// @param complaints each says what is wrong with a part; empty when nothing is
  /// @param counts what parts count, by what their names begin with
  ServerHealth(
      Writer writer,
      Deciders deciders,
      GovernanceState governance,
      Bus bus,
      Router router,
      Publication publication,
      Supplier<Map<String, String>> devices,
      List<Supplier<String>> complaints,
      Map<String, Supplier<Map<String, Long>>> counts) {
    this.writer = writer;
    this.deciders = deciders;
    this.governance = governance;
    this.bus = bus;
    this.router = router;
    this.publication = publication;
    this.devices = devices;
    this.complaints = List.copyOf(complaints);
    this.counts = Map.copyOf(counts);
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
    for (Supplier<String> complaint : complaints) {
      String trouble = complaint.get();
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
  public Map<String, String> devices() {
    return devices.get();
  }

  @Override
  public Map<String, Long> counts() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach(
        (prefix, part) -> part.get().forEach((name, count) -> all.put(prefix + name, count)));
    return all;
  }

  @Override
  public Optional<PublicationStatus> publication() {
    return publication.status();
  }

  @Override
  public Optional<Router> router() {
    return Optional.of(router);
  }

  private static State unavailable(List<String> reasons, String reason) {
    reasons.add(reason);
    return State.UNAVAILABLE;
  }
}
