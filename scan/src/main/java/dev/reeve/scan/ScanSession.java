package dev.reeve.scan;

import dev.reeve.base.Bytes;
import dev.reeve.base.Check;

/// One scan over content that comes in chunks. Keeps less than 100 KiB of it, however long it is.
/// Confined to one thread; use once.
///
/// A trigger is examined when the bytes that a detector may look at have come, or the end has; so a
/// hit across a border is found exactly once, and the chunks make no difference to the result.
public final class ScanSession {
  private static final int KEPT = ScanLimits.LOOK_BEHIND_BYTES;
  private static final int AHEAD = ScanLimits.LOOK_AHEAD_BYTES;
  private static final int STEP = ScanLimits.STEP_BYTES;

  private final ScanRules rules;
  private final HitCollector hits;
  private final PlainScan plain;
  private byte[] buffer = new byte[0];

  /// Offset in the content of the buffer's first byte.
  private long base;

  private int filled;

  /// Index in the buffer of the first byte that the automaton has not read.
  private int read;

  private int state;
  private final Window window = new Window();
  private boolean finished;

  ScanSession(ScanRules rules) {
    this.rules = rules;
    this.hits = new HitCollector(rules);
    this.plain = new PlainScan(rules, hits);
    this.state = rules.automaton().start();
  }

  /// The next bytes. They are copied as far as they are needed later.
  public void feed(Bytes chunk) {
    Check.state(!finished, "session: finished (expected: open)");
    if (buffer.length == 0) {
      buffer = new byte[KEPT + STEP + AHEAD];
    }
    byte[] from = chunk.unsafeArray();
    int taken = 0;
    while (taken < from.length) {
      int room = Math.min(buffer.length - filled, from.length - taken);
      System.arraycopy(from, taken, buffer, filled, room);
      filled += room;
      taken += room;
      if (filled - read >= STEP + AHEAD) {
        step(read + STEP);
        compact();
      }
    }
  }

  /// The end of the content: what was found in all of it.
  public ScanResult finish() {
    Check.state(!finished, "session: finished (expected: open)");
    finished = true;
    while (read < filled) {
      step(Math.min(filled, read + STEP));
    }
    return hits.result();
  }

  ScanResult scanWhole(Bytes content) {
    buffer = content.unsafeArray();
    filled = content.size();
    return finish();
  }

  private void compact() {
    int dropped = Math.max(0, read - KEPT);
    System.arraycopy(buffer, dropped, buffer, 0, filled - dropped);
    base += dropped;
    filled -= dropped;
    read -= dropped;
  }

  private void step(int until) {
    hits.base(base);
    for (RegexDetector regex : rules.regexes()) {
      int visible = Math.min(filled, until + AHEAD);
      regex.find(buffer, Math.max(0, read - KEPT), read, until, visible, hits);
    }
    runAutomaton(until);
    plain.step(buffer, read, until, filled, base == 0);
    read = until;
  }

  private void runAutomaton(int until) {
    TriggerAutomaton automaton = rules.automaton();
    int[] table = automaton.table();
    int[] classes = automaton.classes();
    int acceptFrom = automaton.acceptFrom();
    byte[] bytes = buffer;
    int at = state;
    for (int i = read; i < until; i++) {
      at = table[at + classes[bytes[i] & 0xff]];
      if (at >= acceptFrom) {
        examine(automaton.accepted(at), i + 1);
      }
    }
    state = at;
  }

  private void examine(int[] triggers, int end) {
    int from = Math.max(0, end - KEPT);
    int to = Math.min(filled, end + AHEAD);
    for (int trigger : triggers) {
      window.at(buffer, from, to, end, Math.min(end - from, rules.triggerLength(trigger)));
      hits.window(window);
      rules.detector(trigger).examine(window, hits);
    }
  }
}
