package dev.reeve.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
  private final Deque<Runnable> threads = new ArrayDeque<>();
  private final SerialExecutor executor = new SerialExecutor(threads::add);
  private final List<String> ran = new ArrayList<>();

  @Test
  void tasks_that_came_meanwhile_run_in_order_on_one_thread() {
    executor.execute(() -> {
      ran.add("first");
      executor.execute(() -> ran.add("third"));
    });
    executor.execute(() -> ran.add("second"));

    threads.remove().run();

    assertThat(ran).containsExactly("first", "second", "third");
    assertThat(threads).isEmpty();
  }

  @Test
  void a_task_that_fails_does_not_hold_up_those_behind_it() {
    executor.execute(() -> {
      throw new IllegalStateException("failed");
    });
    executor.execute(() -> ran.add("second"));

    threads.remove().run();

    assertThat(ran).containsExactly("second");
  }

  @Test
  void an_error_ends_its_thread_and_no_other() {
    executor.execute(() -> {
      throw new StackOverflowError();
    });
    executor.execute(() -> ran.add("second"));

    assertThatThrownBy(() -> threads.remove().run()).isInstanceOf(StackOverflowError.class);
    threads.remove().run();

    assertThat(ran).containsExactly("second");
    assertThat(threads).isEmpty();
  }
}
