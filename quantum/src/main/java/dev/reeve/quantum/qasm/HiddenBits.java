package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Indexes;
import java.util.HashMap;
import java.util.Map;

/// Bits of the circuit's memory that are no result of the program: those of blocks and subroutines,
/// and those a measurement passes through. A place that is reached again has its bits again.
final class HiddenBits {
  private final LoweringContext context;
  private final Map<Place, Indexes> known = new HashMap<>();

  HiddenBits(LoweringContext context) {
    this.context = context;
  }

  private record Place(int depth, int offset, int size) {}

  /// The bits of a place in the source, of the subroutine that is being lowered.
  Indexes at(int offset, int size) {
    Place place = new Place(context.jumps.depth(), offset, size);
    Indexes bits = known.get(place);
    if (bits == null) {
      bits = context.newBits(size, offset);
      known.put(place, bits);
    } else {
      context.bits.again(bits, context.sink.region());
    }
    return bits;
  }
}
