package dev.reeve.quantum;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;

/// Which classical bits a result shows, and where. The classical index of a bit counts over the
/// result registers in order of declaration; a result is written with the highest index first and
/// is as wide as the highest index that the program writes anywhere, plus one.
public final class ResultLayout {
  private final int[] addresses;

  private ResultLayout(int[] addresses) {
    this.addresses = addresses;
  }

  /// The layout of a circuit's results.
  public static ResultLayout of(Circuit circuit) {
    BitSet written = Footprint.of(circuit.operations()).bitsWritten();
    int size = circuit.bitRegisters().stream().mapToInt(Register::size).sum();
    int[] addresses = new int[size];
    int index = 0;
    int width = 0;
    for (Register register : circuit.bitRegisters()) {
      for (int i = 0; i < register.size(); i++) {
        addresses[index] = register.offset() + i;
        index++;
        if (written.get(register.offset() + i)) {
          width = index;
        }
      }
    }
    return new ResultLayout(Arrays.copyOf(addresses, width));
  }

  /// Characters of a result; 0 when the program writes no bit.
  public int width() {
    return addresses.length;
  }

  /// The address in classical memory of a classical index.
  public int address(int index) {
    return addresses[index];
  }

  /// Writes an outcome, highest index first.
  ///
  /// @param bits the value at each address of classical memory
  public String text(IntPredicate bits) {
    char[] out = new char[addresses.length];
    for (int index = 0; index < out.length; index++) {
      out[out.length - 1 - index] = bits.test(addresses[index]) ? '1' : '0';
    }
    return new String(out);
  }
}
