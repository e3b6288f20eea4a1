package dev.reeve.quantum.distributed;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Problem;
import dev.reeve.quantum.simulator.SimulationResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Who has which shard of a job. Whoever is free takes the next one; what is lost is open again for
/// others. A shard has one go at a time that counts: what an older one brings is refused. Safe on
/// any thread; only [#await] blocks.
final class ShardBoard {
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Semaphore changes = new Semaphore(0);

  @GuardedBy("this")
  private int unsettled;

  /// One shard. Guarded by the board.
  private static final class Entry {
    final Shard shard;
    final List<ShardRecord.Loss> losses = new ArrayList<>();
    int attempts;
    Optional<ShardTurn> turn = Optional.empty();
    Optional<SimulationResult> result = Optional.empty();
    Optional<Problem> problem = Optional.empty();

    Entry(Shard shard) {
      this.shard = shard;
    }

    boolean isSettled() {
      return result.isPresent() || problem.isPresent();
    }

    boolean isOpen() {
      return turn.isEmpty() && !isSettled();
    }

    boolean isWith(ShardTurn asked) {
      return !isSettled() && turn.filter(asked::equals).isPresent();
    }
  }

  ShardBoard(List<Shard> plan) {
    plan.forEach(shard -> entries.put(shard.id(), new Entry(shard)));
    unsettled = plan.size();
  }

  /// The next open shard, now the runner's; empty when none is open.
  synchronized Optional<ShardTurn> take(String runner) {
    for (Entry entry : entries.values()) {
      if (entry.isOpen()) {
        entry.turn = Optional.of(new ShardTurn(entry.shard, ++entry.attempts, runner));
        return entry.turn;
      }
    }
    return Optional.empty();
  }

  /// A go has its result.
  ///
  /// @return false when the go no longer counts, and nothing changed
  synchronized boolean came(ShardTurn turn, SimulationResult result) {
    Entry entry = entry(turn);
    if (!entry.isWith(turn)) {
      return false;
    }
    entry.result = Optional.of(result);
    settled();
    return true;
  }

  /// A go brought nothing, and another one may: the shard is open again.
  ///
  /// @return false when the go no longer counts, and nothing changed
  synchronized boolean lost(ShardTurn turn, String reason) {
    Entry entry = entry(turn);
    if (!entry.isWith(turn)) {
      return false;
    }
    entry.losses.add(new ShardRecord.Loss(turn, reason));
    entry.turn = Optional.empty();
    changes.release();
    return true;
  }

  /// A go failed as every other would.
  synchronized void failed(ShardTurn turn, Problem problem) {
    Entry entry = entry(turn);
    if (entry.isWith(turn)) {
      entry.problem = Optional.of(problem);
      settled();
    }
  }

  @GuardedBy("this")
  private void settled() {
    unsettled--;
    changes.release();
  }

  @GuardedBy("this")
  private Entry entry(ShardTurn turn) {
    Entry entry = entries.get(turn.shard().id());
    if (entry == null) {
      throw new IllegalArgumentException(turn.shard().id() + ": no shard of this plan");
    }
    return entry;
  }

  /// Shards that nobody has.
  synchronized int open() {
    return (int) entries.values().stream().filter(Entry::isOpen).count();
  }

  /// Whether every shard has come or failed.
  synchronized boolean isSettled() {
    return unsettled == 0;
  }

  /// Share of the shards that have come or failed.
  synchronized double fraction() {
    return entries.isEmpty() ? 1 : 1 - (double) unsettled / entries.size();
  }

  /// Waits until something has changed since the last wait, or the time is over.
  void await(long milliseconds) throws InterruptedException {
    if (changes.tryAcquire(milliseconds, TimeUnit.MILLISECONDS)) {
      changes.drainPermits();
    }
  }

  /// The results so far, by shard.
  synchronized SortedMap<String, SimulationResult> results() {
    SortedMap<String, SimulationResult> results = new TreeMap<>();
    entries.forEach((id, entry) -> entry.result.ifPresent(result -> results.put(id, result)));
    return results;
  }

  /// Why shards failed, by shard.
  synchronized SortedMap<String, Problem> failures() {
    SortedMap<String, Problem> failures = new TreeMap<>();
    entries.forEach((id, entry) -> entry.problem.ifPresent(why -> failures.put(id, why)));
    return failures;
  }

  /// What became of each shard, in the order of the plan, once all are settled.
  synchronized List<ShardRecord> records() {
    List<ShardRecord> records = new ArrayList<>();
    for (Entry entry : entries.values()) {
      entry.turn.ifPresent(last -> records.add(new ShardRecord(last, entry.losses)));
    }
    return records;
  }
}
