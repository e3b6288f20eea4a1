package dev.reeve.cli;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Text;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.cli.client.Failure;
import dev.reeve.cli.client.FailureException;
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

/// A batch: JSON Lines in, one line out for each, in order, as it comes. A line that cannot be
/// answered gives a line `{"error": {...}}` that names it by its number, and the batch goes on.
public final class BatchLines {
  private static final int LINE_BYTES_MAX = 16 * 1024 * 1024;

  private final Console console;
  private long number;

  private BatchLines(Console console) {
    this.console = console;
  }

  /// Answers each line of a file, or of standard input for `-`. Empty lines are passed over.
  ///
  /// @param answer makes the line to print; an [IllegalArgumentException], a [ProblemException] or
  ///   a refusal of a server that is the user's fault says what is wrong with this line alone
  public static void answer(Console console, String in, Function<String, String> answer) {
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
    boolean tooLong = false;
    int next = 0;
    while (next >= 0) {
      next = in.read();
      if (next >= 0 && next != '\n') {
        tooLong = tooLong || line.size() >= LINE_BYTES_MAX;
        if (!tooLong) {
          line.write(next);
        }
      } else if (next >= 0 || line.size() > 0) {
        number++;
        if (tooLong) {
          console.say(refusal(tooLong()));
        } else if (!isBlank(line)) {
          console.say(answerOne(line.toByteArray(), answer));
        }
        line.reset();
        tooLong = false;
      }
    }
  }

  private static boolean isBlank(ByteArrayOutputStream line) {
    return line.toString(StandardCharsets.UTF_8).isBlank();
  }

  private String answerOne(byte[] bytes, Function<String, String> answer) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return answer.apply(text);
    } catch (CharacterCodingException e) {
      return refusal(invalid("bytes that are not UTF-8"));
    } catch (IllegalArgumentException e) {
      return refusal(invalid(String.valueOf(e.getMessage())));
    } catch (ProblemException e) {
      return refusal(e.problem());
    } catch (FailureException e) {
      if (e.failure().exitCode() != ExitCodes.USER_ERROR) {
        throw e;
      }
      return FailurePrinter.line(e.failure());
    }
  }

  private Problem invalid(String message) {
    return CliProblems.ARGUMENT_INVALID.because("--in: line " + number + ": " + message);
  }

  private Problem tooLong() {
    return CliProblems.FILE_TOO_LARGE.because(
        "--in: line " + number + ": too long (expected: at most " + LINE_BYTES_MAX + " bytes)");
  }

  private static String refusal(Problem problem) {
    return FailurePrinter.line(Failure.of(problem));
  }
}
