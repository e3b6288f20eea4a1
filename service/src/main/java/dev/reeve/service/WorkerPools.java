package dev.reeve.service;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which pools of workers are meant for which topics, as the pools file says. Immutable.
///
/// @param topics names of the pools of each topic, by exact topic
/// @param pools by name
public record WorkerPools(Map<String, List<String>> topics, Map<String, Pool> pools) {
  /// No pools file.
  public static final WorkerPools NONE = new WorkerPools(Map.of(), Map.of());

  public WorkerPools {
    Map<String, List<String>> copied = new TreeMap<>();
    topics.forEach((topic, names) -> copied.put(topic, List.copyOf(names)));
    topics = Map.copyOf(copied);
    pools = Map.copyOf(pools);
  }

  /// Whether the workers of a pool get jobs.
  public enum Status {
    ACTIVE,
    /// They finish what they have.
    DRAINING,
    INACTIVE
  }

  /// @param requires what every worker of the pool offers, in lower case
  /// @param status whether it gets jobs
  /// @param description for people; may be empty
  /// @param order what an operator said of it since; empty when the file alone speaks
  public record Pool(
      Set<String> requires, Status status, String description, Optional<PoolOrder> order) {
    /// A pool of which the file says nothing.
    public static final Pool PLAIN = new Pool(Set.of(), Status.ACTIVE, "", Optional.empty());

    public Pool {
      Set<String> lower = new TreeSet<>();
      requires.forEach(text -> lower.add(text.strip().toLowerCase(Locale.ROOT)));
      requires = Set.copyOf(lower);
    }

    private Pool with(PoolOrder said) {
      return new Pool(requires, said.status(), description, Optional.of(said));
    }
  }

  /// The same with what operators said of pools.
  public WorkerPools with(Collection<PoolOrder> orders) {
    Map<String, Pool> said = new TreeMap<>(pools);
    orders.forEach(order -> said.put(order.pool(), pool(order.pool()).with(order)));
    return new WorkerPools(topics, said);
  }

  /// Whether the file says something of a pool.
  public boolean knows(String pool) {
    return pools.containsKey(pool)
        || topics.values().stream().anyMatch(names -> names.contains(pool));
  }

  /// The pool of this name; a plain one when the file does not know it.
  public Pool pool(String name) {
    return pools.getOrDefault(name, Pool.PLAIN);
  }

  /// The topics that a pool is meant for, sorted.
  public List<String> topicsOf(String pool) {
    return topics.entrySet().stream()
        .filter(entry -> entry.getValue().contains(pool))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
