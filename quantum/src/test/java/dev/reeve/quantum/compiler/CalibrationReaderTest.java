package dev.reeve.quantum.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Figures as devices state them.
class CalibrationReaderTest {
  private static final CouplingMap LINE = DeviceModels.of("line_3").orElseThrow().couplings();

  @Test
  void numbers_hold_for_all_and_lists_for_each() {
    Calibration read =
        CalibrationReader.read(
                "given",
                Map.of(
                    "t1_us", "50, 60.5, 7e1",
                    "t2_us", "40",
                    "readout_error", "[0.01, [0.02, 0.03], 0]",
                    "two_qubit_error", "[[1, 0, 0.5]]",
                    "two_qubit_ns", "250",
                    "dt_ns", "0.5",
                    "qubits", "3"),
                LINE)
            .orElseThrow();

    assertThat(read.qubit(1).t1Nanos()).isEqualTo(60_500);
    assertThat(read.qubit(2).t2Nanos()).isEqualTo(40_000);
    assertThat(read.qubit(1).oneAsZero()).isEqualTo(0.03);
    assertThat(read.qubit(0).gateNanos()).isEqualTo(QubitCalibration.TYPICAL.gateNanos());
    assertThat(read.pair(0, 1)).isEqualTo(new PairCalibration(250, 0.5));
    assertThat(read.pair(2, 1)).isEqualTo(new PairCalibration(250, 0.008));
    assertThat(read.tickNanos()).isEqualTo(0.5);
  }

  @Test
  void without_figures_there_is_no_calibration() {
    assertThat(CalibrationReader.read("given", Map.of("qubits", "3"), LINE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t1_us           | [1, 2]",
        "t1_us           | much",
        "t2_us           | 1000",
        "gate_error      | 1.5",
        "gate_error      | [0.1, 0.1, [0.1, 0.1]]",
        "readout_error   | -0.1",
        "two_qubit_error | [[0, 2, 0.1]]",
        "two_qubit_error | [[0, 9, 0.1]]",
        "two_qubit_error | [0.1, 0.1]",
        "two_qubit_ns    | 0",
        "dt_ns           | 0",
        "gate_ns         | [1, 2, 3"
      })
  void a_figure_that_is_none_is_refused(String name, String value) {
    assertThatThrownBy(() -> CalibrationReader.read("given", Map.of(name, value), LINE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }
}
