package dev.reeve.quantum.qasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Programs;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What is printed reads back as what it was, over the programs of the conformance tables.
class RoundTripTest {
  @TestFactory
  Stream<DynamicTest> circuit_printed_as_version_3_does_the_same() {
    return ConformanceTest.cases().stream()
        .map(each ->
            DynamicTest.dynamicTest(
                each.program(),
                () -> {
                  Circuit circuit = Programs.circuit(each.program());
                  Circuit again = Programs.circuit(QasmPrinter.print(circuit, QasmVersion.V3));

                  assertThat(Programs.run(again, 8, 1).counts())
                      .isEqualTo(Programs.run(circuit, 8, 1).counts());
                }));
  }

  @TestFactory
  Stream<DynamicTest> circuit_of_version_2_printed_as_such_does_the_same() {
    return ConformanceTest.cases("accepted-2.txt", "OPENQASM 2.0; include \"qelib1.inc\"; ")
        .stream()
        .filter(each -> !each.program().contains("if (") && !each.program().contains("c3sqrtx"))
        .map(each ->
            DynamicTest.dynamicTest(
                each.program(),
                () -> {
                  Circuit circuit = Programs.circuit(each.program());
                  Circuit again = Programs.circuit(QasmPrinter.print(circuit, QasmVersion.V2));

                  assertThat(Programs.run(again, 8, 1).counts())
                      .isEqualTo(Programs.run(circuit, 8, 1).counts());
                }));
  }

  @Test
  void flat_circuits_read_back_as_they_were() {
    long same =
        ConformanceTest.cases().stream()
            .map(each -> Programs.circuit(each.program()))
            .filter(circuit -> circuit.variables() == 0)
            .filter(circuit ->
                Programs.circuit(QasmPrinter.print(circuit, QasmVersion.V3)).equals(circuit))
            .count();

    assertThat(same).isGreaterThan(250);
  }
}
