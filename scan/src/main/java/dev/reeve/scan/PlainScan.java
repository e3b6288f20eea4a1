package dev.reeve.scan;

/// Scans the stretches of content that hold escapes, invisible or full-width characters once more
/// in their [plain form][PlainForm]. What both forms show is found once. Confined to its session.
///
/// A stretch reaches so far around its marks that a hit across one of them lies within; hits near
/// its ends are left alone, because what is beyond them might forbid them.
final class PlainScan implements Hits {
  private static final int BACK_BYTES = 384;
  private static final int AHEAD_BYTES = 512;
  private static final int MARGIN_BYTES = 96;
  private static final int TAIL_BYTES = 32;
  private static final int STRETCH_MAX = 4_096;

  private final ScanRules rules;
  private final HitCollector collector;
  private final PlainForm form = new PlainForm();
  private final Window window = new Window();
  private boolean whole;
  private boolean last;

  PlainScan(ScanRules rules, HitCollector collector) {
    this.rules = rules;
    this.collector = collector;
  }

  /// Looks at the marks between two indices of a buffer.
  ///
  /// @param first whether the buffer begins with the first byte of the content
  void step(byte[] raw, int from, int until, int filled, boolean first) {
    int at = from;
    while (at < until) {
      int mark = PlainForm.firstMark(raw, at, until, filled);
      if (mark < 0) {
        return;
      }
      int end = lastMark(raw, mark, until, filled);
      int low = Math.max(0, mark - BACK_BYTES);
      int high = Math.min(filled, end + AHEAD_BYTES);
      whole = first && low == 0;
      last = high == filled;
      form.read(raw, low, high);
      scan();
      at = end + 1;
    }
  }

  private static int lastMark(byte[] raw, int mark, int until, int filled) {
    int end = mark;
    while (end - mark < STRETCH_MAX) {
      int limit = Math.min(until, end + AHEAD_BYTES);
      int next = PlainForm.firstMark(raw, end + 1, limit, filled);
      if (next < 0) {
        break;
      }
      end = next;
    }
    return end;
  }

  private void scan() {
    TriggerAutomaton automaton = rules.automaton();
    int[] table = automaton.table();
    int[] classes = automaton.classes();
    int acceptFrom = automaton.acceptFrom();
    byte[] bytes = form.bytes();
    int state = automaton.start();
    for (int i = 0; i < form.size(); i++) {
      state = table[state + classes[bytes[i] & 0xff]];
      if (state >= acceptFrom) {
        examine(automaton.accepted(state), i + 1);
      }
    }
  }

  private void examine(int[] triggers, int end) {
    int from = Math.max(0, end - ScanLimits.LOOK_BEHIND_BYTES);
    for (int trigger : triggers) {
      int length = Math.min(end - from, rules.triggerLength(trigger));
      window.at(form.bytes(), from, form.size(), end, length);
      rules.detector(trigger).examine(window, this);
    }
  }

  @Override
  public void add(DetectorInfo info, int start, int end, double confidence, String detail) {
    int from = window.offset(start);
    int to = window.offset(end);
    boolean cut =
        (from < MARGIN_BYTES && !whole) || (to > form.size() - TAIL_BYTES && !last) || to <= from;
    if (!cut && ScannerNames.isSensitive(info.scanner())) {
      collector.addPlain(info, form.start(from), form.end(to - 1), confidence, detail);
    }
  }
}
