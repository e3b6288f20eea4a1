package dev.reeve.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a shell script in the server's place: the real one is tested where it is built.
class ReeveProcessIT {
  private static final String READY = "echo 'reeve ready grpc=127.0.0.1:1 http=[::1]:2'; ";

  @TempDir Path folder;

  @Test
  void it_is_ready_when_it_says_so() {
    try (ReeveProcess server = start(READY + "echo started >&2; read -r _")) {
      assertThat(server.ready().grpc()).isEqualTo("127.0.0.1:1");
      assertThat(server.ready().http()).isEqualTo("[::1]:2");
      assertThatThrownBy(() -> server.ready().internal()).hasMessageContaining("internal: no");
      Await.until("log", () -> server.log().contains("started"));
    }
  }

  @Test
  void termination_lets_it_end_by_itself() {
    try (ReeveProcess server =
        start("trap 'exit 7' TERM; " + READY + "while :; do sleep 0.01; done")) {
      assertThat(server.terminate()).isEqualTo(7);
    }
  }

  @Test
  void a_start_that_fails_shows_the_log() {
    assertThatThrownBy(() -> start("echo 'policy: missing' >&2; exit 2"))
        .hasMessageContaining("was not ready or ended before")
        .hasMessageContaining("policy: missing");
  }

  @Test
  void a_line_of_another_form_is_refused() {
    assertThatThrownBy(() -> ReadyLine.parse("ready"))
        .hasMessageContaining("line: ready (expected: reeve ready ...)");
    assertThatThrownBy(() -> ReadyLine.parse("reeve ready grpc=here"))
        .hasMessageContaining("listener: grpc=here (expected: name=HOST:PORT)");
  }

  private ReeveProcess start(String script) {
    return ReeveProcess.start(List.of("sh", "-c", script), Map.of(), folder.resolve("server.log"));
  }
}
