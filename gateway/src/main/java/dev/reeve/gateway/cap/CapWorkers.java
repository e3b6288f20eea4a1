package dev.reeve.gateway.cap;

import dev.reeve.gateway.WorkerFacts;
import dev.reeve.service.WorkerPools;
import dev.reeve.wire.cordum.agent.v1.ErrorCode;
import dev.reeve.wire.cordum.agent.v1.Handshake;
import dev.reeve.wire.cordum.agent.v1.Heartbeat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The workers of this protocol that give signs of life. Bounded; safe on any thread; nothing
/// blocks.
public final class CapWorkers implements WorkerFacts.Source {
  private static final int WORKERS_MAX = 10_000;

  private final Supplier<WorkerPools> pools;
  private final WorkerMemory memory;
  private final ConcurrentHashMap<String, CapWorker> byId = new ConcurrentHashMap<>();
  private volatile WorkerPools applied = WorkerPools.NONE;

  /// @param pools the pools in force
  /// @param memory what workers said of themselves before this process
  public CapWorkers(Supplier<WorkerPools> pools, WorkerMemory memory) {
    this.pools = pools;
    this.memory = memory;
  }

  @Override
  public Optional<WorkerFacts> find(String workerId) {
    return find(workerId, CapWorker.class).map(worker -> worker.facts(pools.get()));
  }

  private <T> Optional<T> find(String workerId, Class<T> type) {
    return Optional.ofNullable(byId.get(workerId)).map(type::cast);
  }

  /// Number of workers that give signs.
  public int size() {
    return byId.size();
  }

  /// The pools in force.
  public WorkerPools pools() {
    return pools.get();
  }

  WorkerMemory memory() {
    return memory;
  }

  Optional<CapWorker> worker(String workerId) {
    return Optional.ofNullable(byId.get(workerId));
  }

  /// @return why it is not taken
  Optional<PacketFault> handshake(Handshake handshake, CapPorts ports, Instant now) {
    Optional<CapWorker> worker = known(handshake.getComponentId(), ports, now);
    worker.ifPresent(known -> {
      known.handshake(handshake, now);
      memory.remember(known.id(), handshake.getReadyTopicsList());
    });
    return worker.isPresent() ? Optional.empty() : Optional.of(full());
  }

  /// @return why it is not taken
  Optional<PacketFault> heartbeat(Heartbeat beat, CapPorts ports, Instant now) {
    Optional<CapWorker> worker = known(beat.getWorkerId(), ports, now);
    worker.ifPresent(known -> known.heartbeat(beat, now));
    return worker.isPresent() ? Optional.empty() : Optional.of(full());
  }

  /// A worker that was here before this process is known by its topics as soon as it gives a sign.
  private Optional<CapWorker> known(String id, CapPorts ports, Instant now) {
    CapWorker worker = byId.get(id);
    if (worker == null && byId.size() >= WORKERS_MAX) {
      return Optional.empty();
    }
    return Optional.of(
        byId.computeIfAbsent(
            id,
            made ->
                new CapWorker(
                    made,
                    ports,
                    HeardOf.NOTHING.with(
                        Handshake.newBuilder().addAllReadyTopics(memory.recall(made)).build()),
                    now)));
  }

  private static PacketFault full() {
    return new PacketFault(
        ErrorCode.ERROR_CODE_JOB_RESOURCE_EXHAUSTED,
        "workers: " + WORKERS_MAX + " (expected: fewer)");
  }

  /// Lets go of those that give no signs, and applies other pools.
  ///
  /// @return how many are gone
  int look(Instant now) {
    WorkerPools current = pools.get();
    boolean changed = !current.equals(applied);
    applied = current;
    List<CapWorker> gone = new ArrayList<>();
    for (CapWorker worker : byId.values()) {
      if (worker.expire(now)) {
        gone.add(worker);
      } else if (changed) {
        worker.refresh(current);
      }
    }
    gone.forEach(worker -> byId.remove(worker.id(), worker));
    return gone.size();
  }
}
