package dev.reeve.conformance.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.cli.Console;
import dev.reeve.cli.Terminal;
import dev.reeve.conformance.decisions.ReeveCommand;
import dev.reeve.server.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `reeve route decide` promises as a command, whatever it decides.
final class RouteDecideCommandTest {
  private static final String LINE =
      """
      {"message": {"tenant_id": "acme", "message_type": "chat", "payload": "Hello, world!"}}
      """;

  @TempDir Path folder;

  @Test
  void each_line_is_answered_before_the_next_one_comes() throws IOException {
    policy("default", "{\"version\": \"1.0\", \"providers\": [{\"name\": \"a\", \"weight\": 1}]}");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Long> answersBefore = new ArrayList<>();

    int exit =
        Main.run(
            new String[] {"route", "decide", "--policies", policies().toString(), "--in", "-"},
            console(lines(3, () -> answersBefore.add(count(out))), out),
            Map.of());

    assertThat(exit).isZero();
    assertThat(answersBefore).startsWith(0L, 1L, 2L, 3L);
  }

  @Test
  void lines_may_come_from_a_file() throws IOException {
    policy("default", "{\"version\": \"1.0\", \"providers\": [{\"name\": \"a\", \"weight\": 1}]}");
    Path lines = Files.writeString(folder.resolve("requests.jsonl"), LINE + LINE);

    ReeveCommand run =
        ReeveCommand.run(
            "",
            List.of(
                "route", "decide", "--policies", policies().toString(), "--in", lines.toString()));

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).hasSize(2).allMatch(answer -> answer.contains("\"weighted\""));
  }

  @Test
  void a_policy_that_is_wrong_refuses_the_run_and_is_named() throws IOException {
    policy("default", "{\"version\": \"1.0\", \"providers\": [{\"name\": \"a\", \"weight\": 1}]}");
    policy("broken", "{\"version\": \"1.0\", \"providers\": [{\"name\": \"a\", \"weight\": -1}]}");

    ReeveCommand run = decide();

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("broken", "weight");
  }

  @Test
  void a_policy_that_is_no_json_refuses_the_run_and_is_named() throws IOException {
    policy("broken", "version: 1.0");

    ReeveCommand run = decide();

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("broken");
  }

  @Test
  void policies_that_are_not_there_refuse_the_run() {
    ReeveCommand run =
        ReeveCommand.run(
            LINE,
            List.of(
                "route", "decide", "--policies", folder.resolve("absent").toString(), "--in", "-"));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("absent");
  }

  private ReeveCommand decide() {
    return ReeveCommand.run(
        LINE, List.of("route", "decide", "--policies", policies().toString(), "--in", "-"));
  }

  private void policy(String id, String json) throws IOException {
    Files.createDirectories(policies());
    Files.writeString(policies().resolve(id + ".json"), json);
  }

  private Path policies() {
    return folder.resolve("policies");
  }

  private static long count(ByteArrayOutputStream out) {
    return out.toString(StandardCharsets.UTF_8).lines().count();
  }

  private static Console console(InputStream in, ByteArrayOutputStream out) {
    return new Console(
        in,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
        Terminal.none());
  }

  /// As many lines, one at a time; tells each time somebody asks for the next.
  private static InputStream lines(int count, Runnable asked) {
    return new InputStream() {
      private int line;

      @Override
      public int read() {
        throw new UnsupportedOperationException("bytes are read in bulk");
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        asked.run();
        if (line++ == count) {
          return -1;
        }
        byte[] text = LINE.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(text, 0, bytes, offset, text.length);
        return text.length;
      }
    };
  }
}
