package dev.reeve.gateway;

import dev.reeve.base.Identity;
import org.jspecify.annotations.Nullable;

/// How many bytes a message took on its way here, so that nobody has to measure it again: that
/// costs as much as reading it.
///
/// A library reads a message and hands it on without leaving the thread, so the last one that was
/// read on a thread is told from all others by its identity. Of another message nothing is known.
final class WireSize {
  static final int UNKNOWN = -1;

  private static final ThreadLocal<WireSize> LAST = ThreadLocal.withInitial(WireSize::new);

  private @Nullable Object message;
  private int bytes = UNKNOWN;

  private WireSize() {}

  /// A message was read on this thread.
  static void read(Object message, int bytes) {
    WireSize last = LAST.get();
    last.message = message;
    last.bytes = bytes;
  }

  /// The bytes of a message that was just read on this thread, once; else [#UNKNOWN]. An equal one
  /// may have come in another number of them.
  static int take(Object message) {
    WireSize last = LAST.get();
    int known = Identity.isSame(last.message, message) ? last.bytes : UNKNOWN;
    last.message = null;
    return known;
  }
}
