package dev.reeve.quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Problem;
import dev.reeve.quantum.Device;
import dev.reeve.quantum.DeviceCatalog;
import dev.reeve.quantum.QuantumProblems;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalSimulatorTest {
  @Test
  void device_shows_as_many_qubits_as_its_memory_holds() {
    assertThat(LocalSimulator.device(256L << 20).qubits()).isEqualTo(24);
    assertThat(LocalSimulator.device((256L << 20) - 1).qubits()).isEqualTo(23);
    assertThat(LocalSimulator.device(Long.MAX_VALUE).qubits()).isEqualTo(30);
  }

  @Test
  void device_shows_its_capabilities() {
    Device device = LocalSimulator.device(256L << 20);

    assertThat(device.id()).isEqualTo("sim:local");
    assertThat(device.backendType()).isEqualTo("simulator");
    assertThat(device.capabilities())
        .containsEntry("qubits", "24")
        .containsEntry("formats", "QASM3_TEXT,QASM2_TEXT")
        .containsEntry("max_shots", "1000000")
        .containsEntry("methods", "statevector,stabilizer,matrix_product_state,density_matrix")
        .containsEntry("supports_mid_circuit", "true")
        .containsEntry("bitstring_order", "msb_first_by_classical_index");
    assertThat(device.capabilities().getOrDefault("ops", "").split(",", -1))
        .contains("RX", "RY", "RZ", "CX", "MEASURE", "RESET", "GPHASE");
  }

  @Test
  void catalog_finds_by_id_and_by_type() {
    Device device = LocalSimulator.device(1 << 20);
    DeviceCatalog catalog = new DeviceCatalog(List.of(device));

    assertThat(catalog.find("sim:local")).contains(device);
    assertThat(catalog.find("sim:remote")).isEmpty();
    assertThat(catalog.all()).containsExactly(device);
    assertThat(catalog.ofType("")).containsExactly(device);
    assertThat(catalog.ofType("simulator")).containsExactly(device);
    assertThat(catalog.ofType("qpu")).isEmpty();
  }

  @Test
  void unknown_device_is_refused_by_name() {
    DeviceCatalog catalog = new DeviceCatalog(List.of(LocalSimulator.device(1 << 20)));

    Problem problem = catalog.unknown("target", "sim:lokal");

    assertThat(problem.code()).isEqualTo(QuantumProblems.DEVICE_UNKNOWN);
    assertThat(problem.message()).isEqualTo("target: \"sim:lokal\" (expected: sim:local)");
    assertThat(problem.metadata()).containsEntry("device_id", "sim:lokal");
  }

  @Test
  void two_devices_with_one_id_are_a_mistake() {
    Device device = LocalSimulator.device(1 << 20);

    assertThatThrownBy(() -> new DeviceCatalog(List.of(device, device)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("device: sim:local (expected: once)");
  }
}
