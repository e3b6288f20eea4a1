package dev.reeve.quantum.distributed;

import dev.reeve.quantum.simulator.SimulationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Keeps the nodes of one job busy with its shards: each has as many as it takes, and the next one
/// when it brings one. A node that loses a shard gets no more of this job. Safe on any thread, and
/// runs on those of the nodes' answers; never blocks.
final class NodeShards {
  private static final int REASON_LENGTH_MAX = 200;

  private final ShardBoard board;
  private final List<Member> members = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /// A node and what it has now.
  private record Member(
      ShardNode node,
      AtomicInteger busy,
      AtomicBoolean gone,
      Map<ShardTurn, CompletableFuture<SimulationResult>> running) {
    static Member of(ShardNode node) {
      return new Member(node, new AtomicInteger(), new AtomicBoolean(), new ConcurrentHashMap<>());
    }
  }

  NodeShards(ShardBoard board, List<? extends ShardNode> nodes) {
    this.board = board;
    nodes.forEach(node -> members.add(Member.of(node)));
  }

  /// Gives open shards to nodes with room, one to each in turn, and takes those back that lie with
  /// a node that is out of reach now.
  void look() {
    for (Member member : members) {
      if (!member.gone().get() && !member.running().isEmpty() && member.node().slots() == 0) {
        member.gone().set(true);
        member.running().forEach((turn, answer) -> takeBack(member, turn, answer));
      }
    }
    boolean given = true;
    while (given) {
      given = false;
      for (Member member : members) {
        given |= give(member);
      }
    }
  }

  private void takeBack(Member member, ShardTurn turn, CompletableFuture<?> answer) {
    boolean _ = board.lost(turn, "the node is out of reach");
    member.running().remove(turn);
    answer.cancel(true);
  }

  private boolean give(Member member) {
    if (closed.get() || member.gone().get()) {
      return false;
    }
    if (member.busy().incrementAndGet() > member.node().slots()) {
      member.busy().decrementAndGet();
      return false;
    }
    return board
        .take(member.node().id())
        .map(turn -> begin(member, turn))
        .orElseGet(() -> {
          member.busy().decrementAndGet();
          return false;
        });
  }

  private boolean begin(Member member, ShardTurn turn) {
    CompletableFuture<SimulationResult> answer = asked(member, turn);
    member.running().put(turn, answer);
    CompletableFuture<SimulationResult> _ =
        answer.whenComplete((result, failure) -> ended(member, turn, result, failure));
    if (closed.get()) {
      answer.cancel(true);
    }
    return true;
  }

  /// Whatever keeps a node from beginning is a loss like any other: nobody else ends the turn.
  private static CompletableFuture<SimulationResult> asked(Member member, ShardTurn turn) {
    try {
      return member.node().run(turn);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void ended(
      Member member,
      ShardTurn turn,
      @Nullable SimulationResult result,
      @Nullable Throwable failure) {
    member.running().remove(turn);
    member.busy().decrementAndGet();
    if (closed.get()) {
      return;
    }
    if (result != null) {
      boolean _ = board.came(turn, result);
      boolean _ = give(member);
    } else {
      member.gone().set(true);
      boolean _ = board.lost(turn, reason(failure));
    }
  }

  private static String reason(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String text = cause == null ? "no answer" : String.valueOf(cause.getMessage());
    return text.substring(0, Math.min(text.length(), REASON_LENGTH_MAX));
  }

  /// Nobody waits for any of them any more.
  void close() {
    closed.set(true);
    members.forEach(member -> member.running().values().forEach(answer -> answer.cancel(true)));
  }
}
