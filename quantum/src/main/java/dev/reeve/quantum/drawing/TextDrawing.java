package dev.reeve.quantum.drawing;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.drawing.DrawingGrid.Cell;
import dev.reeve.quantum.drawing.DrawingGrid.Column;
import dev.reeve.quantum.drawing.DrawingGrid.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A circuit drawn with characters, one line a wire and one between each two, folded to a width.
public final class TextDrawing {
  private static final int TEXT_MIN = 3;

  private final DrawingGrid grid;
  private final boolean plain;
  private final int labelWidth;

  /// What a text may take beside the name of its wire.
  private final int textMax;

  private TextDrawing(DrawingGrid grid, int columns, boolean plain) {
    this.grid = grid;
    this.plain = plain;
    this.labelWidth = grid.labels().stream().mapToInt(TextWidth::of).max().orElse(0);
    this.textMax = Math.max(TEXT_MIN, columns - labelWidth - 4);
  }

  /// @param columns width to fold at; texts that do not fit are cut, down to a few characters
  /// @param plain ASCII alone
  /// @throws dev.reeve.base.ProblemException `CIRCUIT_TOO_LARGE_TO_DRAW`
  public static List<String> lines(Circuit circuit, int columns, boolean plain) {
    DrawingGrid grid = DrawingGrid.of(circuit, new OperationText(circuit, plain ? "pi" : "π"));
    return new TextDrawing(grid, columns, plain).draw(columns);
  }

  private List<String> draw(int columns) {
    List<String> lines = new ArrayList<>();
    int next = 0;
    do {
      int from = next;
      int used = labelWidth + 2;
      while (next < grid.columns().size()
          && (next == from || used + width(grid.columns().get(next)) + 2 <= columns)) {
        used += width(grid.columns().get(next)) + 2;
        next++;
      }
      if (from > 0) {
        lines.add("");
      }
      lines.addAll(stretch(grid.columns().subList(from, next)));
    } while (next < grid.columns().size());
    return lines;
  }

  private List<String> stretch(List<Column> columns) {
    int rows = grid.labels().size();
    StringBuilder[] lines = new StringBuilder[Math.max(0, 2 * rows - 1)];
    for (int i = 0; i < lines.length; i++) {
      String label = i % 2 == 0 ? grid.labels().get(i / 2) : "";
      lines[i] = new StringBuilder(label + " ".repeat(labelWidth - TextWidth.of(label)) + " ");
      lines[i].append(i % 2 == 0 ? wire(i / 2) : ' ');
    }
    for (Column column : columns) {
      append(column, lines);
    }
    return Arrays.stream(lines).map(line -> line.toString().stripTrailing()).toList();
  }

  private void append(Column column, StringBuilder[] lines) {
    int width = width(column);
    int centre = (width - 1) / 2;
    for (int i = 0; i < lines.length; i++) {
      String background = String.valueOf(i % 2 == 0 ? wire(i / 2) : ' ');
      String text = background;
      for (Link link : column.links()) {
        if (i > 2 * link.from() && i < 2 * link.to()) {
          text = String.valueOf(vertical(i % 2 == 0, link.classical()));
        }
      }
      for (Cell cell : column.cells()) {
        text = 2 * cell.row() == i ? text(cell) : text;
      }
      int before = 1 + centre - (TextWidth.of(text) - 1) / 2;
      lines[i]
          .append(background.repeat(before))
          .append(text)
          .append(background.repeat(width + 2 - before - TextWidth.of(text)));
    }
  }

  private int width(Column column) {
    return column.cells().stream().mapToInt(cell -> TextWidth.of(text(cell))).max().orElse(1);
  }

  private char wire(int row) {
    boolean classical = grid.isClassical(row);
    return plain ? (classical ? '=' : '-') : (classical ? '═' : '─');
  }

  private char vertical(boolean onWire, boolean classical) {
    if (plain) {
      return classical ? '"' : '|';
    }
    return onWire ? (classical ? '╫' : '┼') : (classical ? '║' : '│');
  }

  private String text(Cell cell) {
    return switch (cell.kind()) {
      case BOX, MEASURE, OUTCOME, REGION -> TextWidth.cut(cell.text(), textMax, plain ? "~" : "…");
      case CONTROL -> plain ? "*" : "●";
      case CONTROL_ON_ZERO -> plain ? "o" : "○";
      case FLIP -> plain ? "+" : "⊕";
      case SWAP -> plain ? "x" : "×";
      case BARRIER -> plain ? ":" : "░";
    };
  }
}
