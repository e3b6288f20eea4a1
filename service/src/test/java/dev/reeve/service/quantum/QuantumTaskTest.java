package dev.reeve.service.quantum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.engine.ExecutorSession;
import dev.reeve.job.Admission;
import dev.reeve.job.Content;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobSpec;
import dev.reeve.job.Origin;
import dev.reeve.job.Placement;
import dev.reeve.job.Progress;
import dev.reeve.job.RunLimits;
import dev.reeve.job.Verdict;
import dev.reeve.job.Work;
import dev.reeve.quantum.Device;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.service.BuiltInExecutor;
import dev.reeve.service.DeviceDesk;
import dev.reeve.service.DeviceModels;
import dev.reeve.service.DeviceRunTimes;
import dev.reeve.service.DistributedSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The simulated device as the engine sees it.
final class QuantumTaskTest {
  private static final long MEMORY_BYTES = 1 << 24;
  private static final String BELL =
      """
      OPENQASM 2.0;
      include "qelib1.inc";
      qreg q[2];
      creg c[2];
      h q[0];
      cx q[0], q[1];
      measure q -> c;
      """;

  private final DeviceRunTimes runTimes = new DeviceRunTimes();
  private final List<Progress> told = new ArrayList<>();
  private boolean cancelled;
  private Map<String, String> options = Map.of();

  private final QuantumTask task =
      new QuantumTask(
          DeviceModels.localSimulator(MEMORY_BYTES),
          new CircuitSimulator(),
          MEMORY_BYTES,
          RandomGenerator.of("L64X128MixRandom"),
          System::nanoTime,
          runTimes,
          id -> id.equals("sim:noisy:lab:one") ? Optional.of("readout:1:0") : Optional.empty(),
          ShardHelpers.NONE);

  @Test
  void a_bell_circuit_gives_canonical_counts_that_a_seed_repeats() {
    Map<String, String> metadata = Map.of("shots", "1000", "seed", "7");

    Bytes result = result(run(BELL, metadata, ""));

    assertThat(result.utf8())
        .startsWith("{\"counts\":{\"00\":")
        .contains("\"bitstring_order\":\"msb_first_by_classical_index\"")
        .contains("\"backend\":\"sim:local\"")
        .contains("\"seed\":\"7\",\"shots\":\"1000\"")
        .doesNotContain("\"01\"");
    assertThat(result(run(BELL, metadata, ""))).isEqualTo(result);
    assertThat(told.getFirst().stage()).isEqualTo("QUANTUM_INITIALIZING");
    assertThat(told).extracting(Progress::stage).contains("QUANTUM_RUNNING");
    assertThat(runTimes.meanMicros()).isPositive();
  }

  @Test
  void a_run_that_asks_for_nothing_has_1024_shots_and_names_its_seed() {
    assertThat(result(run(BELL, Map.of(), "")).utf8())
        .contains("\"shots\":\"1024\"")
        .contains("\"seed\":\"");
  }

  @Test
  void a_program_with_a_mistake_fails_for_good_with_line_and_column() {
    BuiltInExecutor.Outcome outcome = run("OPENQASM 2.0;\nqreg q[1;\n", Map.of(), "");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            BuiltInExecutor.Outcome.Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo("VALIDATION_FAILED");
              assertThat(failed.message()).contains("2:");
              assertThat(failed.retryable()).isFalse();
            });
  }

  @Test
  void a_result_says_when_there_is_no_document_of_its_program() {
    String computed =
        "OPENQASM 3.0; qubit q; bit[2] c; c[0] = measure q; c[1] = ~c[0]; if (c[1]) reset q;";

    assertThat(result(run(computed, Map.of(), "")).utf8()).contains("\"compiled_aqo\":\"none\"");
    assertThat(result(run(BELL, Map.of(), "")).utf8()).doesNotContain("compiled_aqo");
  }

  @Test
  void a_program_of_another_version_than_was_said_fails() {
    assertThat(run(BELL, Map.of(), "3")).isInstanceOf(BuiltInExecutor.Outcome.Failed.class);
  }

  @Test
  void a_circuit_over_the_memory_is_refused_with_need_and_limit() {
    BuiltInExecutor.Outcome outcome =
        run(
            "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[30]; h q;",
            Map.of("method", "statevector"),
            "");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            BuiltInExecutor.Outcome.Failed.class,
            failed -> assertThat(failed.code()).isEqualTo("SIMULATION_MEMORY_EXCEEDED"));
  }

  @Test
  void the_local_simulator_shows_what_it_can_do() {
    Device device = DeviceModels.localSimulator(256L << 20);

    assertThat(device.qubits()).isEqualTo(24);
    assertThat(DeviceModels.localSimulator(Long.MAX_VALUE).qubits()).isEqualTo(30);
    assertThat(device.capabilities())
        .containsEntry(
            "noise_models",
            "none,depolarizing,bit_flip,dephasing,amplitude_damping,phase_damping,readout,detuning,relaxation,gate_time,virtual_z")
        .containsEntry("slots", "1")
        .containsKeys("basis_gates", "formats", "max_shots", "methods", "ops", "qubits", "shots");
  }

  @Test
  void a_thousand_qubits_of_clifford_gates_run_and_the_result_says_how() {
    String program =
        """
        OPENQASM 3.0; include "stdgates.inc"; qubit[1000] q; bit[1000] c;
        h q[0];
        for int i in [0:998] { cx q[i], q[i + 1]; }
        c = measure q;
        """;

    Bytes result = result(run(program, Map.of("shots", "50"), ""));

    assertThat(result.utf8())
        .contains("\"" + "0".repeat(1000) + "\":", "\"" + "1".repeat(1000) + "\":")
        .contains("\"method\":\"stabilizer\"")
        .contains("\"method_reason\":\"every gate is a Clifford gate\"");
    assertThat(told)
        .extracting(Progress::message)
        .contains("stabilizer because every gate is a Clifford gate");
  }

  @Test
  void a_noisy_simulator_may_be_called_after_a_device() {
    String flip = "OPENQASM 3.0; include \"stdgates.inc\"; qubit q; bit c; c = measure q;";

    Bytes ofDriver = result(run(flip, Map.of("seed", "1"), "", "sim:noisy:lab:one"));
    Bytes ofGraph = result(run(flip, Map.of("seed", "1"), "", "sim:noisy:heavy_hex_27"));

    assertThat(ofDriver.utf8()).contains("{\"1\":1024}", "\"noise_model\":\"readout:1:0\"");
    assertThat(ofGraph.utf8())
        .contains("\"backend\":\"sim:noisy:heavy_hex_27\"")
        .contains("\"noise_model\":\"depolarizing:6.0e-4:0.01066667+readout:0.012:0.012+");
  }

  @Test
  void noise_comes_from_the_metadata_or_from_the_device() {
    String flip =
        "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[1]; creg c[1]; x q[0]; measure q -> c;";

    Bytes byMetadata = result(run(flip, Map.of("noise_model", "bit_flip:1"), ""));
    Bytes byDevice = result(run(flip, Map.of(), "", "sim:noisy:bit_flip:1"));
    Bytes both = result(run(flip, Map.of("noise_model", "none"), "", "sim:noisy:bit_flip:1"));

    assertThat(byMetadata.utf8()).startsWith("{\"counts\":{\"0\":1024}");
    assertThat(byDevice.utf8())
        .startsWith("{\"counts\":{\"0\":1024}")
        .contains("\"backend\":\"sim:noisy:bit_flip:1\"", "\"noise_model\":\"bit_flip:1\"");
    assertThat(both.utf8()).startsWith("{\"counts\":{\"1\":1024}");
  }

  @Test
  void observables_shots_and_amplitudes_come_with_the_counts() {
    Map<String, String> metadata =
        Map.of(
            "observable", "0.5*Z0*Z1 - X0; Y1",
            "shots", "4",
            "seed", "7",
            "memory", "true",
            "probabilities", "true",
            "statevector", "true");

    String result = result(run(BELL, metadata, "")).utf8();

    assertThat(result)
        .contains("\"energy\":\"0.500000\"", "\"observable\":\"0.5*Z0*Z1 - X0\"")
        .contains("\"standard_error\":\"0.0\"", "\"variance\":\"")
        .contains("\"expectation_values\":\"[0.", "\"memory\":\"[\\\"")
        .contains("\"probabilities\":\"{\\\"00\\\":0.", "\"statevector\":\"[[0.70710678118654");
  }

  @Test
  void inputs_come_from_the_metadata() {
    String program =
        "OPENQASM 3.0; input angle theta; input int[8] n; qubit q; bit c; "
            + "for int i in [1:n] { U(theta, 0, 0) q; } c = measure q;";

    Bytes flipped = result(run(program, Map.of("param.theta", "pi / 2", "param.n", "2"), ""));
    Bytes bare = result(run(program, Map.of("theta", "0", "parameters.n", "3"), ""));

    assertThat(flipped.utf8()).startsWith("{\"counts\":{\"1\":1024}");
    assertThat(bare.utf8()).startsWith("{\"counts\":{\"0\":1024}");
    assertThat(failure(run(program, Map.of("param.n", "2"), "")).message())
        .contains("input \"theta\" has no value");
    assertThat(failure(run(program, Map.of("param.m", "2"), "")))
        .satisfies(failed -> assertThat(failed.code()).isEqualTo("PARAMETER_INVALID"))
        .satisfies(failed ->
            assertThat(failed.message()).contains("param.m: \"2\" (expected: one of theta, n)"));
  }

  @Test
  void a_search_finds_the_inputs_of_the_smallest_mean_and_tells_how_it_goes() {
    String program = "OPENQASM 3.0; include \"stdgates.inc\"; input angle a; qubit q; ry(a) q;";
    Map<String, String> metadata =
        Map.of("minimize", "COBYLA", "observable", "Z0", "param.a", "0.4", "shots", "10");

    String result = result(run(program, metadata, "")).utf8();

    assertThat(result)
        .startsWith("{\"counts\":{\"1\":10}")
        .contains("\"energy\":\"-1.000000\"", "\"optimizer\":\"COBYLA\"", "\"parameters\":\"{");
    assertThat(QuantumSettings.mistakes(Map.of("minimize", "luck"))).containsOnlyKeys("minimize");
  }

  @Test
  void a_sweep_runs_a_program_once_for_each_set_of_values() {
    String program = "OPENQASM 3.0; input angle a; qubit q; bit c; U(a, 0, 0) q; c = measure q;";
    Map<String, String> metadata =
        Map.of(
            "parameters", "[{\"a\":0},{\"a\":\"pi\"}]",
            "observable", "Z0",
            "shots", "10",
            "seed", "1");

    String result = result(run(program, metadata, "")).utf8();

    assertThat(result)
        .startsWith("{\"counts\":{\"0\":10,\"1\":10},")
        .contains("[{\\\"counts\\\":{\\\"0\\\":10},\\\"inputs\\\":{\\\"a\\\":\\\"0\\\"}")
        .contains("\\\"energy\\\":\\\"1.000000\\\"", "\\\"energy\\\":\\\"-1.000000\\\"")
        .doesNotContain(",\"energy\":");
  }

  @Test
  void shots_are_split_into_shards_and_merged() {
    options =
        Map.of(
            "option.distributed.enabled", "true",
            "option.distributed.partition_count", "3",
            "option.distributed.merge_policy", "quorum",
            "option.distributed.min_successful_shards", "2");
    Map<String, String> metadata = Map.of("shots", "100", "seed", "7", "observable", "Z0*Z1");

    Bytes result = result(run(BELL, metadata, ""));

    assertThat(result.utf8())
        .contains("\"energy\":\"1.000000\"", "\"shots\":\"100\"")
        .contains("\"distributed.merge_reason\":\"AllShardsMerged\"")
        .contains("\"distributed.merge_policy\":\"quorum(2)\"")
        .contains("job-1-shard-000", "job-1-shard-002")
        .doesNotContain("job-1-shard-003");
    assertThat(result(run(BELL, metadata, ""))).isEqualTo(result);
    assertThat(task.shardCounts())
        .containsEntry("shards{runner=\"server\"}", 6L)
        .containsEntry("shard_retries", 0L)
        .containsEntry("merge_failures", 0L);
    assertThat(DistributedSettings.mistakes(Map.of("distributed.partition_count", "0")))
        .containsOnlyKeys("distributed.partition_count");
    assertThat(DistributedSettings.mistakes(Map.of("distributed.target", "moon")))
        .containsOnlyKeys("distributed.target");
  }

  @ParameterizedTest
  @CsvSource({
    "observable, 3*Q0",
    "memory, yes",
    "statevector, 1",
    "parameters, [1]",
    "parameters, {}x",
  })
  void settings_that_cannot_be_read_are_named(String key, String value) {
    assertThat(QuantumSettings.mistakes(Map.of(key, value))).containsOnlyKeys(key);
    assertThat(failure(run(BELL, Map.of(key, value), "")).message()).startsWith(key + ": ");
  }

  @Test
  void all_noisy_simulators_share_a_queue() {
    assertThat(DeviceDesk.route("sim:noisy:readout:0.1")).isEqualTo("device/sim:noisy");
    assertThat(DeviceDesk.route("sim:local")).isEqualTo("device/sim:local");
  }

  @Test
  void a_cancelled_run_stops() {
    cancelled = true;

    assertThat(run(BELL, Map.of(), "")).isInstanceOf(BuiltInExecutor.Outcome.Stopped.class);
  }

  private static Bytes result(BuiltInExecutor.Outcome outcome) {
    if (outcome instanceof BuiltInExecutor.Outcome.Done done) {
      return done.result();
    }
    throw new AssertionError(outcome);
  }

  private static BuiltInExecutor.Outcome.Failed failure(BuiltInExecutor.Outcome outcome) {
    if (outcome instanceof BuiltInExecutor.Outcome.Failed failed) {
      return failed;
    }
    throw new AssertionError(outcome);
  }

  private BuiltInExecutor.Outcome run(
      String program, Map<String, String> metadata, String version) {
    return run(program, metadata, version, "sim:local");
  }

  private BuiltInExecutor.Outcome run(
      String program, Map<String, String> metadata, String version, String target) {
    Bytes payload = Bytes.utf8(program);
    Map<String, String> attributes = new TreeMap<>(options);
    attributes.put("program_version", version);
    attributes.put("target", target);
    Work work =
        new Work(
            "bell",
            "job.quantum.sim.local",
            "quantum.run",
            List.of(),
            List.of(),
            Map.of(),
            metadata,
            attributes);
    JobSpec spec =
        new JobSpec(
            new JobKey("default", "job-1"),
            "",
            new Origin("eigen", "ann", ""),
            work,
            new Placement("device/sim:local", "", 50, List.of()),
            RunLimits.DEFAULT,
            Content.of("text/x-openqasm", payload),
            1);
    Admission admission = new Admission(spec, Verdict.NONE, Bytes.utf8("0123456789abcdef"));
    return task.execute(
        new ExecutorSession.Assignment(
            new DispatchId(1, 1, 1), Job.created(1, admission), admission, payload),
        new BuiltInExecutor.Run() {
          @Override
          public boolean isCancelled() {
            return cancelled;
          }

          @Override
          public void progress(Progress progress) {
            told.add(progress);
          }
        });
  }
}
