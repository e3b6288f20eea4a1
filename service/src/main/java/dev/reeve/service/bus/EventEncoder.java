package dev.reeve.service.bus;

import java.util.List;

/// Says what is published of a committed event, in one dialect's words. Called on the publisher's
/// thread; must be pure, so that a repetition gives the same messages.
@FunctionalInterface
public interface EventEncoder {
  /// The messages about an event, in order; none when this dialect does not tell of it. The stream
  /// that keeps their subjects must exist.
  List<BusMessage> encode(CommittedEvent event);
}
