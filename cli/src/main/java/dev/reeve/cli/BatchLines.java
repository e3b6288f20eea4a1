package dev.reeve.cli;

import dev.reeve.base.Text;
import dev.reeve.cli.client.CliProblems;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/// A batch: JSON Lines in, one line out for each, in order, as it comes. A line that cannot be read
/// ends it and is named by its number; what was answered before stands.
final class BatchLines {
  private static final int LINE_BYTES_MAX = 16 * 1024 * 1024;

  private final Console console;
  private long number;

  private BatchLines(Console console) {
    this.console = console;
  }

  /// Answers each line of a file, or of standard input for `-`. Empty lines are passed over.
  ///
  /// @param answer makes the line to print; an [IllegalArgumentException] says what is wrong
  static void answer(Console console, String in, Function<String, String> answer) {
    BatchLines lines = new BatchLines(console);
    try {
      if (in.equals("-")) {
        lines.answerAll(console.in(), answer);
      } else {
        Path file = LocalFiles.path(in);
        try (InputStream stream = Files.newInputStream(file)) {
          lines.answerAll(stream, answer);
        }
      }
    } catch (IOException e) {
      throw CliProblems.FILE_UNREADABLE
          .because(Text.quoteForMessage(in) + ": cannot be read")
          .with("cause", e.getClass().getSimpleName() + " " + e.getMessage())
          .toException();
    }
  }

  private void answerAll(InputStream stream, Function<String, String> answer) throws IOException {
    BufferedInputStream in = new BufferedInputStream(stream);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = 0;
    while (next >= 0) {
      next = in.read();
      if (next >= 0 && next != '\n') {
        line.write(next);
        refuseLongerThanMax(line.size());
      } else if (next >= 0 || line.size() > 0) {
        number++;
        answerOne(line.toByteArray(), answer);
        line.reset();
      }
    }
  }

  private void answerOne(byte[] bytes, Function<String, String> answer) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (!text.isBlank()) {
        console.say(answer.apply(text));
      }
    } catch (CharacterCodingException e) {
      throw CliProblems.ARGUMENT_INVALID
          .because("--in: line " + number + ": bytes that are not UTF-8")
          .toException();
    } catch (IllegalArgumentException e) {
      throw CliProblems.ARGUMENT_INVALID
          .because("--in: line " + number + ": " + e.getMessage())
          .toException();
    }
  }

  private void refuseLongerThanMax(int size) {
    if (size > LINE_BYTES_MAX) {
      throw CliProblems.FILE_TOO_LARGE
          .because(
              "--in: line "
                  + (number + 1)
                  + ": too long (expected: at most "
                  + LINE_BYTES_MAX
                  + " bytes)")
          .toException();
    }
  }
}
