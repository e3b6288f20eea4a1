package dev.reeve.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Whoever waits for a future of a use case hears of its end, whatever happens on the way.
class FuturesTest {
  private final List<Object> heard = new ArrayList<>();
  private final CompletableFuture<String> future = new CompletableFuture<>();

  private static Problem planned() {
    return ServiceProblems.INTERNAL.because("planned");
  }

  @Test
  void a_value_goes_one_way() {
    Futures.then(future, heard::add, heard::add);

    future.complete("done");

    assertThat(heard).containsExactly("done");
  }

  @Test
  void a_problem_goes_the_other() {
    Futures.then(future, heard::add, problem -> heard.add(problem.message()));

    future.completeExceptionally(planned().toException());

    assertThat(heard).containsExactly(planned().message());
  }

  @Test
  void a_problem_thrown_on_the_way_out_is_told_as_it_is() {
    Futures.then(
        future,
        _ -> {
          throw planned().toException();
        },
        problem -> heard.add(problem.message()));

    future.complete("done");

    assertThat(heard).containsExactly(planned().message());
  }

  @Test
  void a_defect_on_the_way_out_is_told_as_internal() {
    Futures.then(
        CompletableFuture.completedFuture("done"),
        _ -> {
          throw new IllegalStateException("a secret of the house");
        },
        problem -> heard.add(problem.reason() + " " + problem.message()));

    assertThat(heard).containsExactly("INTERNAL internal error");
  }

  @Test
  void also_an_error_is_told() {
    Futures.then(
        future,
        _ -> {
          throw new StackOverflowError("deep");
        },
        problem -> heard.add(problem.reason()));

    future.complete("done");

    assertThat(heard).containsExactly("INTERNAL");
  }

  @Test
  void what_the_telling_throws_reaches_neither_the_completer_nor_the_next() {
    Futures.then(
        future,
        _ -> {
          throw new IllegalStateException("first");
        },
        _ -> {
          throw new IllegalStateException("second");
        });
    Futures.then(future, heard::add, heard::add);

    boolean completed = future.complete("done");

    assertThat(completed).isTrue();
    assertThat(heard).containsExactly("done");
  }
}
