package dev.reeve.service.driver;

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
import dev.reeve.service.BuiltInExecutor;
import dev.reeve.service.DeviceRunTimes;
import dev.reeve.service.DeviceStanding;
import dev.reeve.service.driver.DriverException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What becomes of jobs on the device of a driver, whatever the driver does.
final class DriverTaskTest {
  private static final String BELL =
      "OPENQASM 3.0; include \"stdgates.inc\"; qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1];"
          + " c = measure q;";

  private final Script script = new Script();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger woken = new AtomicInteger();
  private final DriverDevice device =
      new DriverDevice(
          "acme:qpu", "qpu-1", 2, script, Runnable::run, nanos::get, woken::incrementAndGet);
  private boolean cancelled;

  @Test
  void a_circuit_is_compiled_for_the_device_and_its_counts_are_the_result() {
    device.look();

    String result = done(run(BELL, Map.of("shots", "100", "seed", "7")));

    assertThat(result)
        .startsWith("{\"counts\":{\"00\":60,\"11\":40},\"metadata\":{")
        .contains("\"backend\":\"acme:qpu\"", "\"swaps\":\"0\"", "\"attempt\":");
    assertThat(script.runs)
        .singleElement()
        .satisfies(sent -> {
          assertThat(sent.deviceId()).isEqualTo("qpu-1");
          assertThat(sent.options()).containsEntry("seed", "7");
          assertThat(sent.program().utf8()).contains("sx q[").doesNotContain("h q[");
        });
    assertThat(device.facts().capabilities())
        .containsEntry("t1_us", "80")
        .containsEntry("slots", "2");
    assertThat(device.facts().shotsMax()).isEqualTo(1_000);
  }

  @Test
  void figures_of_the_device_count_in_compiles_and_take_errors_of_readout_out() {
    script.capabilities.put("readout_error", "[0.05, 0.05, 0.05]");
    script.capabilities.put("two_qubit_ns", "400");
    script.counts = Map.of("00", 49L, "01", 3L, "10", 3L, "11", 45L);
    device.look();

    String result = done(run(BELL, Map.of("shots", "100", "readout_mitigation", "calibration")));

    assertThat(device.model().orElseThrow().calibration().source()).isEqualTo("acme:qpu");
    assertThat(result)
        .contains("\"counts\":{\"00\":49,\"01\":3,\"10\":3,\"11\":45}")
        .contains("\"duration_ns\":\"1135.0\"", "\"readout_mitigation\":\"calibration\"")
        .containsPattern("quasi_probabilities\":\"\\{\\\\\"00\\\\\":0\\.5");
    assertThat(failed(run(BELL, Map.of("readout_mitigation", "measured"))).message())
        .contains("readout_mitigation");
  }

  @Test
  void counts_stay_when_nothing_can_be_taken_out_of_them() {
    script.capabilities.put("readout_error", "0.5");
    device.look();

    String result = done(run(BELL, Map.of("shots", "100", "readout_mitigation", "calibration")));

    assertThat(result)
        .startsWith("{\"counts\":{\"00\":60,\"11\":40},\"metadata\":{")
        .contains("\"readout_mitigation_refused\":\"readout_mitigation: a bit whose zeros")
        .doesNotContain("quasi_probabilities");
  }

  @Test
  void mitigation_needs_a_device_that_states_errors_of_readout() {
    device.look();

    assertThat(failed(run(BELL, Map.of("readout_mitigation", "calibration"))).message())
        .contains("none: acme:qpu states no errors of readout");
    script.capabilities.put("readout_error", "0.05");
    device.look();
    assertThat(
            failed(
                    run(
                        BELL + "if (c[0]) { c[1] = measure q[1]; }",
                        Map.of("readout_mitigation", "calibration")))
                .code())
        .isEqualTo("READOUT_NOT_MITIGATED");
    assertThat(script.runs).isEmpty();
  }

  @Test
  void a_device_takes_jobs_once_its_driver_has_answered_and_while_it_does() {
    assertThat(device.standing()).isEqualTo(DeviceStanding.OFFLINE);
    assertThat(device.complaint()).contains("acme:qpu", "it has not answered yet");

    device.look();
    assertThat(device.takesJobs()).isTrue();
    assertThat(woken).hasValue(1);
    script.failure = new DriverException(Kind.UNAVAILABLE, "connection refused");
    BuiltInExecutor.Outcome.Failed failed = failed(run(BELL, Map.of()));

    assertThat(failed.code()).isEqualTo("EIGEN_EXECUTION_UNAVAILABLE");
    assertThat(failed.retryable()).isTrue();
    assertThat(device.standing()).isEqualTo(DeviceStanding.OFFLINE);
    assertThat(device.complaint()).contains("UNAVAILABLE: connection refused");
    assertThat(device.moment()).containsEntry("driver_breaker", "CLOSED");
    device.look();
    device.look();
    assertThat(device.moment()).containsEntry("driver_breaker", "OPEN");
    script.failure = null;
    device.look();
    assertThat(device.takesJobs()).isFalse();
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    device.look();
    assertThat(device.takesJobs()).isTrue();
    assertThat(device.complaint()).isEmpty();
    assertThat(woken).hasValue(2);
  }

  @Test
  void counts_that_cannot_be_are_no_result() {
    device.look();

    script.counts = Map.of("00", 99L);
    assertThat(failed(run(BELL, Map.of("shots", "100"))).message())
        .isEqualTo("the driver answered 99 shots where 100 were asked for");
    script.counts = Map.of("0", 50L, "11", 50L);
    assertThat(failed(run(BELL, Map.of("shots", "100"))).code())
        .isEqualTo("EIGEN_EXECUTION_INTERNAL");
    script.counts = Map.of("0x", 100L);
    assertThat(failed(run(BELL, Map.of("shots", "100"))).message()).contains("no bit strings");
    script.counts = Map.of("000", 100L);
    assertThat(failed(run(BELL, Map.of("shots", "100"))).message()).contains("at most 2 bits");
  }

  @Test
  void what_the_device_would_leave_out_is_refused() {
    device.look();

    assertThat(failed(run(BELL, Map.of("noise_model", "depolarizing:0.1"))).code())
        .isEqualTo("DEVICE_PROGRAM_UNSUITABLE");
    assertThat(failed(run(BELL, Map.of("observable", "Z0"))).message())
        .startsWith("observable: \"Z0\" (expected: nothing: acme:qpu counts outcomes");
    assertThat(failed(run(BELL.replace("[2]", "[9]"), Map.of())).code())
        .isEqualTo("CIRCUIT_TOO_WIDE");
    assertThat(failed(run("OPENQASM 3.0; qubit q; nonsense q;", Map.of())).code())
        .isEqualTo("VALIDATION_FAILED");
    assertThat(script.runs).isEmpty();
  }

  @Test
  void a_circuit_that_decides_runs_where_the_driver_can_do_that() {
    String feedback = BELL + "if (c[0]) { x q[1]; }";
    device.look();

    assertThat(done(run(feedback, Map.of("shots", "100")))).contains("\"00\":60");
    assertThat(script.runs.getFirst().program().utf8()).contains("if (c[0]) {");
    script.capabilities.put("supports_mid_circuit", "false");
    device.look();

    assertThat(failed(run(feedback, Map.of("shots", "100"))).message())
        .startsWith("supports_mid_circuit: acme:qpu has none");
    assertThat(done(run(BELL, Map.of("shots", "100")))).contains("\"00\":60");
  }

  @Test
  void a_circuit_that_is_long_to_compile_is_refused() {
    device.look();

    String loop = BELL.replace("h q[0];", "for int i in [1:100000] { h q[0]; h q[1]; }");

    assertThat(failed(run(loop, Map.of())).code()).isEqualTo("CIRCUIT_TOO_LONG");
    assertThat(script.runs).isEmpty();
  }

  @Test
  void a_refused_circuit_is_not_tried_again_and_does_not_blame_the_driver() {
    device.look();
    script.runFailure = new DriverException(Kind.INVALID_ARGUMENT, "line 3: no");

    BuiltInExecutor.Outcome.Failed failed = failed(run(BELL, Map.of()));

    assertThat(failed.code()).isEqualTo("EIGEN_EXECUTION_INVALID_ARGUMENT");
    assertThat(failed.retryable()).isFalse();
    assertThat(device.takesJobs()).isTrue();
  }

  @Test
  void a_cancel_reaches_the_driver() {
    device.look();
    script.silent = true;
    cancelled = true;

    assertThat(run("OPENQASM 3.0; qubit q;", Map.of()))
        .isInstanceOf(BuiltInExecutor.Outcome.Stopped.class);
    assertThat(script.answers).allMatch(CompletableFuture::isCancelled);
  }

  @Test
  void a_driver_of_another_contract_is_in_error() {
    script.capabilities.put("driver_api_version", "2.0");

    device.look();

    assertThat(device.standing()).isEqualTo(DeviceStanding.ERROR);
    assertThat(device.complaint()).contains("speaks version 2.0");
    script.capabilities.put("driver_api_version", "1.1");
    script.capabilities.put("formats", "AQO_JSON");
    device.look();
    assertThat(device.complaint()).contains("reads no QASM3_TEXT");
    script.capabilities.put("formats", "AQO_JSON, QASM3_TEXT");
    script.capabilities.put("coupling_map", "[[0,1],[1,7]]");
    device.look();
    assertThat(device.standing()).isEqualTo(DeviceStanding.ERROR);
  }

  private String done(BuiltInExecutor.Outcome outcome) {
    if (outcome instanceof BuiltInExecutor.Outcome.Done done) {
      return done.result().utf8();
    }
    throw new AssertionError(outcome);
  }

  private BuiltInExecutor.Outcome.Failed failed(BuiltInExecutor.Outcome outcome) {
    if (outcome instanceof BuiltInExecutor.Outcome.Failed failed) {
      return failed;
    }
    throw new AssertionError(outcome);
  }

  private BuiltInExecutor.Outcome run(String program, Map<String, String> metadata) {
    Bytes payload = Bytes.utf8(program);
    Work work =
        new Work(
            "bell",
            "job.quantum.acme.qpu",
            "quantum.run",
            List.of(),
            List.of(),
            Map.of(),
            metadata,
            Map.of("program_format", "qasm_text", "target", "acme:qpu"));
    JobSpec spec =
        new JobSpec(
            new JobKey("default", "job-1"),
            "",
            new Origin("eigen", "ann", ""),
            work,
            new Placement("device/acme:qpu", "", 50, List.of()),
            RunLimits.DEFAULT,
            Content.of("text/x-openqasm", payload),
            1);
    Admission admission = new Admission(spec, Verdict.NONE, Bytes.utf8("0123456789abcdef"));
    return new DriverTask(device, Duration.ofSeconds(5), new DeviceRunTimes())
        .execute(
            new ExecutorSession.Assignment(
                new DispatchId(1, 1, 1), Job.created(1, admission), admission, payload),
            new BuiltInExecutor.Run() {
              @Override
              public boolean isCancelled() {
                return cancelled && !script.answers.isEmpty();
              }

              @Override
              public void progress(Progress progress) {}
            });
  }

  /// A driver that does as it is told.
  private static final class Script implements DriverPort {
    private final List<DriverRun> runs = new ArrayList<>();
    private final List<CompletableFuture<DriverCounts>> answers = new ArrayList<>();
    private final Map<String, String> capabilities =
        new TreeMap<>(
            Map.of(
                "driver_api_version", "1.0",
                "basis_gates", "RZ,SX,X,CX,ID",
                "coupling_map", "[[0, 1], [1, 2]]",
                "qubits", "3",
                "max_shots", "1000",
                "t1_us", "80"));
    private Map<String, Long> counts = Map.of("00", 60L, "11", 40L);
    private @Nullable DriverException failure;
    private @Nullable DriverException runFailure;
    private boolean silent;

    @Override
    public String address() {
      return "127.0.0.1:7070";
    }

    @Override
    public List<DriverReport> devices() throws DriverException {
      return List.of(report(capabilities));
    }

    @Override
    public DriverReport status(String deviceId) throws DriverException {
      return report(Map.of());
    }

    private DriverReport report(Map<String, String> facts) throws DriverException {
      if (failure != null) {
        throw failure;
      }
      return new DriverReport(
          "qpu-1", "Acme", "qpu", DeviceStanding.ONLINE, 0, 0, new TreeMap<>(facts));
    }

    @Override
    public CompletableFuture<DriverCounts> execute(DriverRun run, Duration timeout) {
      CompletableFuture<DriverCounts> answer = new CompletableFuture<>();
      answers.add(answer);
      runs.add(run);
      DriverException wrong = failure == null ? runFailure : failure;
      if (wrong != null) {
        answer.completeExceptionally(wrong);
      } else if (!silent) {
        answer.complete(new DriverCounts(counts, 0.5, Map.of("driver", "acme")));
      }
      return answer;
    }

    @Override
    public String calibrate(String deviceId, Map<String, String> options) {
      return "cal-1";
    }

    @Override
    public void close() {}
  }
}
