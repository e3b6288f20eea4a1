package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.ClassicalExpression.Binary;
import dev.reeve.quantum.ClassicalExpression.BinaryOperation;
import dev.reeve.quantum.ClassicalExpression.Constant;
import dev.reeve.quantum.ClassicalExpression.Variable;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.qasm.Lowering.Flow;
import dev.reeve.quantum.qasm.Slots.Site;
import dev.reeve.quantum.qasm.Slots.Use;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Follows `break`, `continue`, `return` and `end`. A jump that happens for certain ends the list
/// of statements it stands in. One that a measurement decides raises a flag in the circuit's
/// memory; what comes behind it runs only while no flag is up.
final class Jumps {
  private final LoweringContext context;
  private final Deque<Target> loops = new ArrayDeque<>();
  private final Deque<Frame> frames = new ArrayDeque<>();

  /// Flags that may be up here.
  private final TreeSet<Integer> raised = new TreeSet<>();

  Jumps(LoweringContext context) {
    this.context = context;
  }

  /// A loop that is being lowered.
  ///
  /// @param region the region its rounds are written to
  /// @param calls how many subroutines are entered
  record Target(int offset, int depth, int region, int calls) {}

  /// A subroutine that is being lowered, by the offset of its call, with what it gives back.
  static final class Frame {
    final int region;
    final int call;
    final int depth;
    final @Nullable ScalarType type;
    @Nullable Value result;
    boolean returnsInMemory;

    Frame(int region, int call, int depth, @Nullable ScalarType type) {
      this.region = region;
      this.call = call;
      this.depth = depth;
      this.type = type;
    }

    Site resultSite() {
      return new Site(Use.RESULT, depth, call, 0);
    }
  }

  void enter(Frame frame) {
    frames.push(frame);
  }

  @Nullable Frame frame() {
    return frames.peek();
  }

  /// Leaves a subroutine; its own flag is taken down.
  void leave() {
    Frame frame = frames.pop();
    lower(context.slots.existing(returned(frame)), frame.call);
  }

  int depth() {
    return frames.size();
  }

  /// Opens a loop whose rounds are written to a region.
  void open(int offset, int region) {
    loops.push(new Target(offset, depth(), region, frames.size()));
  }

  /// Closes the innermost loop; its flag is taken down.
  void close() {
    Target loop = loops.pop();
    lower(context.slots.existing(site(loop, Use.LEFT)), loop.offset());
  }

  /// Forgets the innermost loop after an error.
  void drop(int loopsBefore, int framesBefore) {
    while (loops.size() > loopsBefore) {
      loops.pop();
    }
    while (frames.size() > framesBefore) {
      frames.pop();
    }
  }

  int loops() {
    return loops.size();
  }

  /// At the end of a round: `continue` is over.
  void endRound() {
    Target loop = loops.element();
    lower(context.slots.existing(site(loop, Use.SKIPPED)), loop.offset());
  }

  Flow leaveLoop(boolean forGood, int offset) {
    String word = forGood ? "break" : "continue";
    Target loop = loops.peek();
    if (loop == null || loop.calls() != frames.size()) {
      throw context.diagnostics.invalid(offset, "\"" + word + "\" outside of a loop");
    }
    if (loop.region() == context.sink.region()) {
      return forGood ? Flow.BREAK : Flow.CONTINUE;
    }
    raise(context.slots.of(site(loop, forGood ? Use.LEFT : Use.SKIPPED)), offset);
    return Flow.JUMPED;
  }

  /// A round that ends in `break` for certain, of a loop that is left to the run.
  void raiseLeft(int offset) {
    raise(context.slots.of(site(loops.element(), Use.LEFT)), offset);
  }

  Flow end(int offset) {
    if (context.sink.region() == 0) {
      return Flow.END;
    }
    raise(context.slots.of(new Site(Use.ENDED, 0, 0, 0)), offset);
    return Flow.JUMPED;
  }

  /// Whether a `return` here is one for certain.
  boolean returnsForCertain(Frame frame) {
    return frame.region == context.sink.region();
  }

  Flow returnMaybe(Frame frame, int offset) {
    raise(context.slots.of(returned(frame)), offset);
    return Flow.JUMPED;
  }

  private static Site returned(Frame frame) {
    return new Site(Use.RETURNED, frame.depth, frame.call, 0);
  }

  private static Site site(Target loop, Use use) {
    return new Site(use, loop.depth(), loop.offset(), 0);
  }

  private void raise(int slot, int offset) {
    context.sink.add(new Operation.AssignVariable(slot, new Constant(1)), offset);
    raised.add(slot);
  }

  private void lower(int slot, int offset) {
    if (raised.remove(slot)) {
      context.sink.add(new Operation.AssignVariable(slot, new Constant(0)), offset);
    }
  }

  /// The flags that may be up, to compare with later.
  Set<Integer> raised() {
    return raised.isEmpty() ? Set.of() : new TreeSet<>(raised);
  }

  /// Whether a flag may be up that was not before.
  boolean isRaisedSince(Set<Integer> before) {
    return !raised.isEmpty() && !before.containsAll(raised);
  }

  /// Whether something may have left the loop, and not only its round.
  boolean mayBeLeft(Set<Integer> before) {
    if (raised.isEmpty()) {
      return false;
    }
    Set<Integer> since = raised();
    since.removeAll(before);
    since.remove(context.slots.existing(site(loops.element(), Use.SKIPPED)));
    return !since.isEmpty();
  }

  /// Where it is known that no flag is up that was raised since, they are set aside.
  Set<Integer> setAside(Set<Integer> before) {
    Set<Integer> since = new TreeSet<>(raised);
    since.removeAll(before);
    raised.removeAll(since);
    return since;
  }

  /// Behind that place, they may be up again.
  void bringBack(Set<Integer> flags) {
    raised.addAll(flags);
  }

  /// 1 while none of the flags is up that have been raised since.
  ClassicalExpression nothingRaised(Set<Integer> before) {
    ClassicalExpression any = null;
    for (int slot : raised) {
      if (!before.contains(slot)) {
        ClassicalExpression flag = new Variable(slot);
        any = any == null ? flag : new Binary(BinaryOperation.OR, any, flag);
      }
    }
    return any == null ? new Constant(1) : WordBits.not(any);
  }
}
