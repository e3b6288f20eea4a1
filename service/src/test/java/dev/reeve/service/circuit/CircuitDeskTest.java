package dev.reeve.service.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.compiler.DeviceModels;
import dev.reeve.service.ServiceProblems;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// How long compiles of callers take, and who waits for whom.
final class CircuitDeskTest {
  private static final Map<String, String> RING =
      Map.of("target", "ring_8", "optimization_level", "3");

  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void a_small_compile_does_not_wait_for_a_large_one() {
    CircuitDesk desk = desk(Duration.ofSeconds(1));

    CompletableFuture<CompiledProgram> large = compile(desk, 200, CancelSignal.NEVER);
    CompletableFuture<CompiledProgram> small = compile(desk, 20, CancelSignal.NEVER);

    assertThat(small).isCompleted();
    assertThat(large).isNotDone();
    waiting.remove().run();
    assertThat(large).isCompleted();
    assertThat(large.join().facts()).containsEntry("target", "ring_8");
  }

  @Test
  void a_compile_that_takes_too_long_is_given_up_and_says_so() {
    CircuitDesk desk = desk(Duration.ofSeconds(30));

    CompletableFuture<CompiledProgram> large =
        compile(
            desk,
            200,
            () -> {
              nanos.addAndGet(1_000_000_000);
              return false;
            });
    waiting.remove().run();

    assertThatThrownBy(large::join)
        .hasMessageContaining("given up after 30000 ms")
        .cause()
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(ServiceProblems.COMPILE_TIMED_OUT));
  }

  @Test
  void a_caller_who_is_gone_is_told_that_and_no_other_reason() {
    CircuitDesk desk = desk(Duration.ofSeconds(30));
    AtomicInteger looks = new AtomicInteger();

    CompletableFuture<CompiledProgram> large =
        compile(desk, 200, () -> looks.incrementAndGet() > 50);
    waiting.remove().run();

    assertThatThrownBy(large::join)
        .cause()
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(QuantumProblems.QUANTUM_CANCELLED));
  }

  /// Small ones run at once, large ones wait until the test runs them.
  private CircuitDesk desk(Duration timeMax) {
    return new CircuitDesk(
        new CompileLanes(Runnable::run, waiting::add, timeMax, nanos::get), DeviceModels::of);
  }

  private static CompletableFuture<CompiledProgram> compile(
      CircuitDesk desk, int flips, CancelSignal cancel) {
    StringBuilder text = new StringBuilder("include \"stdgates.inc\"; qubit[8] q;");
    for (int i = 0; i < flips; i++) {
      text.append("cx q[").append(i % 8).append("], q[").append((i * 5 + 3) % 8).append("];");
      text.append("rx(0.").append(1 + i % 9).append(") q[").append(i % 8).append("];");
    }
    return desk.compile(
        new CircuitProgram("qasm3", Bytes.utf8(text.toString())), CircuitForm.QASM3, RING, cancel);
  }
}
