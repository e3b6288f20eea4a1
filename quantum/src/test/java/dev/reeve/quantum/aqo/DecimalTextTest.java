package dev.reeve.quantum.aqo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.Programs;
import org.junit.jupiter.api.Test;

class DecimalTextTest {
  @Test
  void decimals_are_written_as_python_writes_them() {
    for (String line : Programs.resource("/aqo/decimals.txt").lines().toList()) {
      String[] parts = line.split(" ", 2);
      double value = Double.longBitsToDouble(Long.parseUnsignedLong(parts[0], 16));

      assertThat(DecimalText.of(value)).isEqualTo(parts[1]);
    }
  }
}
