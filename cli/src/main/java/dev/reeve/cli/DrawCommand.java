package dev.reeve.cli;

import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.drawing.SvgDrawing;
import dev.reeve.quantum.drawing.TextDrawing;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve draw`: a circuit as a picture; asks nobody.
@Command(
    name = "draw",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Draw a circuit, in the terminal or as SVG.",
    footer = {
      "At most 20,000 operations. Lines are folded at the width of the terminal (COLUMNS, else"
          + " 80)."
    })
final class DrawCommand implements Callable<Integer> {
  private static final int WIDTH_MIN = 20;
  private static final int WIDTH_MAX = 1_000_000;

  private final CliContext context;

  @Parameters(index = "0", paramLabel = "FILE", description = CircuitFile.FORMS)
  private String file = "";

  @Option(names = "--format", paramLabel = "NAME", description = "text or svg (default: text).")
  private String format = "text";

  @Option(names = "--ascii", description = "Plain characters alone; also with NO_COLOR.")
  private boolean ascii;

  @Option(names = "--width", paramLabel = "N", description = "Fold lines at this width.")
  private @Nullable Integer width;

  DrawCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Circuit circuit = CircuitFile.read(file).open(Map.of()).circuit();
    switch (format) {
      case "svg" -> context.console().out().print(SvgDrawing.draw(circuit));
      case "text" ->
          TextDrawing.lines(circuit, columns(), ascii || isPlainTerminal())
              .forEach(line -> context.console().out().println(line));
      default ->
          throw CliProblems.ARGUMENT_INVALID.field("--format", format, "text or svg").toException();
    }
    return ExitCodes.OK;
  }

  /// A file or pipe takes UTF-8; a terminal that says it is plain does not.
  private boolean isPlainTerminal() {
    return context.console().terminal().out() && context.console().terminal().plain();
  }

  private int columns() {
    if (width == null) {
      return context.console().terminal().columns();
    }
    if (width < WIDTH_MIN || width > WIDTH_MAX) {
      throw CliProblems.ARGUMENT_INVALID
          .field("--width", Integer.toString(width), WIDTH_MIN + " to " + WIDTH_MAX)
          .toException();
    }
    return width;
  }
}
