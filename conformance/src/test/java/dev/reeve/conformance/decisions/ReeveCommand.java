package dev.reeve.conformance.decisions;

import dev.reeve.cli.Console;
import dev.reeve.cli.Terminal;
import dev.reeve.server.Main;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// One command of the product, run as its process would run it, on the calling thread.
///
/// @param exit its exit code
/// @param out its lines on standard output
/// @param err what it wrote on standard error
public record ReeveCommand(int exit, List<String> out, String err) {
  public ReeveCommand {
    out = List.copyOf(out);
  }

  /// Runs with a text on standard input.
  public static ReeveCommand run(String in, List<String> arguments) {
    return run(new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), arguments);
  }

  /// Runs with what is on standard input, as it comes.
  public static ReeveCommand run(InputStream in, List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            in,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Terminal.none());
    int exit = Main.run(arguments.toArray(String[]::new), console, Map.of());
    return new ReeveCommand(
        exit,
        out.toString(StandardCharsets.UTF_8).lines().toList(),
        err.toString(StandardCharsets.UTF_8));
  }
}
