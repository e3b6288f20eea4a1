package dev.reeve.server;

import dev.reeve.bus.RedisPointers;
import dev.reeve.gateway.BusCalls;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.cap.CapDesk;
import dev.reeve.gateway.cap.CapSettings;
import dev.reeve.gateway.cap.CapWorkers;
import dev.reeve.service.BlobPointers;
import dev.reeve.service.PointerStore;
import dev.reeve.service.WorkerPools;
import dev.reeve.service.bus.Bus;
import dev.reeve.store.OpenStore;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The parts of the agent protocol, put together: workers of the bus, their pools, and where their
/// inputs and results lie.
final class AgentBus implements AutoCloseable {
  private static final Duration POINTERS_KEPT = Duration.ofHours(24);

  private final CapSettings settings;
  private final PoolsFile pools;
  private final WorkerTopics topics;
  private final CapWorkers workers;
  private final PointerStore pointers;
  private volatile @Nullable CapDesk desk;

  private AgentBus(
      CapSettings settings, PoolsFile pools, WorkerTopics topics, PointerStore pointers) {
    this.settings = settings;
    this.pools = pools;
    this.topics = topics;
    this.pointers = pointers;
    workers = new CapWorkers(pools, topics);
  }

  /// @throws dev.reeve.base.ProblemException `POOLS_FILE_INVALID`
  static AgentBus open(ServerConfig config, OpenStore store, InstantSource clock) {
    Optional<URI> redis = config.agents().redis();
    return new AgentBus(
        config.agents().settings(),
        PoolsFile.open(config.agents().poolsFile()),
        WorkerTopics.open(config.data()),
        redis.isPresent()
            ? new RedisPointers(redis.get(), POINTERS_KEPT)
            : new BlobPointers(store.blobs(), clock));
  }

  CapWorkers workers() {
    return workers;
  }

  Supplier<WorkerPools> pools() {
    return pools;
  }

  PointerStore pointers() {
    return pointers;
  }

  /// What is wrong with the pools file; empty when nothing is.
  String trouble() {
    return pools.trouble();
  }

  /// Listens on the bus from now on.
  void start(Bus bus, BusCalls calls, GatewayServices services, RandomGenerator random) {
    desk = CapDesk.start(bus, calls, services, workers, pointers, settings, random);
  }

  /// Called a few times a second.
  void look() {
    pools.look();
    CapDesk started = desk;
    if (started != null) {
      started.look();
    }
  }

  /// Writes down what must outlive this process. Called now and then.
  void save() {
    topics.save();
  }

  @Override
  public void close() {
    CapDesk started = desk;
    if (started != null) {
      started.close();
    }
    topics.save();
    if (pointers instanceof RedisPointers redis) {
      redis.close();
    }
  }
}
