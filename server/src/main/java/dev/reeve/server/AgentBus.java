package dev.reeve.server;

import dev.reeve.bus.RedisPointers;
import dev.reeve.engine.Writer;
import dev.reeve.gateway.BusCalls;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.cap.CapDesk;
import dev.reeve.gateway.cap.CapSettings;
import dev.reeve.gateway.cap.CapWorkers;
import dev.reeve.service.BlobPointers;
import dev.reeve.service.KeepPools;
import dev.reeve.service.PointerStore;
import dev.reeve.service.bus.Bus;
import dev.reeve.store.OpenStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The parts of the agent protocol, put together: workers of the bus, their pools, and where their
/// inputs and results lie.
final class AgentBus implements AutoCloseable {
  private static final Duration POINTERS_KEPT = Duration.ofHours(24);

  private final CapSettings settings;
  private final PoolsFile poolsFile;
  private final KeepPools pools;
  private final WorkersFile file;
  private final CapWorkers workers;
  private final PointerStore pointers;
  private volatile @Nullable CapDesk desk;

  private AgentBus(
      CapSettings settings,
      PoolsFile poolsFile,
      KeepPools pools,
      WorkersFile file,
      PointerStore pointers) {
    this.poolsFile = poolsFile;
    this.settings = settings;
    this.pools = pools;
    this.file = file;
    this.pointers = pointers;
    workers = new CapWorkers(pools, file);
  }

  /// @throws dev.reeve.base.ProblemException `POOLS_FILE_INVALID`
  static AgentBus open(ServerConfig config, OpenStore store, Writer writer, InstantSource clock) {
    Optional<URI> redis = config.agents().redis();
    PoolsFile file = PoolsFile.open(config.agents().poolsFile());
    KeepPools pools = new KeepPools(file, new PoolOrdersFile(config.data()), writer, clock);
    try {
      pools.open();
    } catch (IOException e) {
      throw ServerProblems.POOLS_FILE_INVALID
          .because("what was said of pools cannot be read: " + e.getMessage())
          .toException();
    }
    return new AgentBus(
        config.agents().settings(),
        file,
        pools,
        WorkersFile.open(config.data(), clock),
        redis.isPresent()
            ? new RedisPointers(redis.get(), POINTERS_KEPT)
            : own(config, store, clock));
  }

  private static BlobPointers own(ServerConfig config, OpenStore store, InstantSource clock) {
    try {
      return BlobPointers.open(store.blobs(), clock, new PointerNamesFile(config.data()));
    } catch (IOException e) {
      throw new UncheckedIOException("what pointers lead to cannot be read", e);
    }
  }

  CapWorkers workers() {
    return workers;
  }

  KeepPools pools() {
    return pools;
  }

  PointerStore pointers() {
    return pointers;
  }

  /// What is wrong with the pools file, else with Redis, else what jobs wait for; empty when
  /// nothing is.
  String trouble() {
    CapDesk started = desk;
    String ofFile = poolsFile.trouble();
    if (!ofFile.isEmpty()) {
      return ofFile;
    }
    String ofPointers = pointers instanceof RedisPointers redis ? redis.trouble() : "";
    return ofPointers.isEmpty() && started != null ? started.trouble() : ofPointers;
  }

  /// Asks whether Redis answers, if there is one. Blocks for at most some seconds.
  void probe() {
    if (pointers instanceof RedisPointers redis) {
      redis.look();
    }
  }

  /// What was counted since the start, by name.
  Map<String, Long> counts() {
    CapDesk started = desk;
    return started == null ? Map.of() : started.counts();
  }

  /// Listens on the bus from now on.
  void start(Bus bus, BusCalls calls, GatewayServices services, RandomGenerator random) {
    desk = CapDesk.start(bus, calls, services, workers, pointers, settings, random);
  }

  /// Called a few times a second.
  void look() {
    poolsFile.look();
    CapDesk started = desk;
    if (started != null) {
      started.look();
    }
  }

  /// Writes down what must outlive this process. Called now and then.
  void save() {
    file.save();
  }

  @Override
  public void close() {
    CapDesk started = desk;
    if (started != null) {
      started.close();
    }
    file.save();
    if (pointers instanceof RedisPointers redis) {
      redis.close();
    }
  }
}
