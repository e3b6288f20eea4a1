package dev.reeve.service.bus;

import java.time.Duration;

/// One message of a stream, handed out to be settled: acknowledged, given back or given up. The
/// first settlement counts, later ones do nothing. Safe on any thread; does not block.
///
/// A settlement is sent, not confirmed: after a crash or a loss of the connection the same message
/// can come again although it was acknowledged. Who handles it must know it again.
public interface Delivery {
  /// The message; a dedupe id travels in the header `Nats-Msg-Id`.
  BusMessage message();

  /// The stream it came from.
  String stream();

  /// Its place in the stream, from 1: the same at each delivery.
  long sequence();

  /// What this message alone is known by: the same at each delivery to whomever, and never that of
  /// another message, also after its stream was deleted and begun anew.
  String identity();

  /// Which delivery of this message this is, from 1.
  int count();

  /// Handled; never delivered again.
  void ack();

  /// Not handled now; deliver it again, not before `delay` has passed.
  void nak(Duration delay);

  /// Still at it: the time to settle begins anew. Does not settle.
  void inProgress();

  /// Cannot be handled, ever; not delivered again.
  void term();
}
