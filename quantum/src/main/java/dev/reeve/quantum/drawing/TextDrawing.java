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
  private final DrawingGrid grid;
  private final boolean plain;

  private TextDrawing(DrawingGrid grid, boolean plain) {
    this.grid = grid;
    this.plain = plain;
  }

  /// @param columns width to fold at; a column wider than that has a stretch of its own
  /// @param plain ASCII alone
  /// @throws dev.reeve.base.ProblemException `CIRCUIT_TOO_LARGE_TO_DRAW`
  public static List<String> lines(Circuit circuit, int columns, boolean plain) {
    DrawingGrid grid = DrawingGrid.of(circuit, new OperationText(circuit, plain ? "pi" : "π"));
    return new TextDrawing(grid, plain).draw(columns);
  }

  private List<String> draw(int columns) {
    int labelWidth = grid.labels().stream().mapToInt(String::length).max().orElse(0);
    List<String> lines = new ArrayList<>();
    int next = 0;
    do {
      int from = next;
      int used = labelWidth + 3;
      while (next < grid.columns().size()
          && (next == from || used + width(grid.columns().get(next)) + 2 <= columns)) {
        used += width(grid.columns().get(next)) + 2;
        next++;
      }
      if (from > 0) {
        lines.add("");
      }
      lines.addAll(stretch(grid.columns().subList(from, next), labelWidth));
    } while (next < grid.columns().size());
    return lines;
  }

  private List<String> stretch(List<Column> columns, int labelWidth) {
    int rows = grid.labels().size();
    StringBuilder[] lines = new StringBuilder[Math.max(0, 2 * rows - 1)];
    for (int i = 0; i < lines.length; i++) {
      String label = i % 2 == 0 ? grid.labels().get(i / 2) : "";
      lines[i] = new StringBuilder(label + " ".repeat(labelWidth - label.length()) + " ");
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
      char background = i % 2 == 0 ? wire(i / 2) : ' ';
      char[] piece = new char[width + 2];
      Arrays.fill(piece, background);
      for (Link link : column.links()) {
        if (i > 2 * link.from() && i < 2 * link.to()) {
          piece[centre + 1] = vertical(i % 2 == 0, link.classical());
        }
      }
      if (i % 2 == 0) {
        for (Cell cell : column.cells()) {
          if (cell.row() == i / 2) {
            String text = text(cell);
            int start = 1 + centre - (text.length() - 1) / 2;
            text.getChars(0, text.length(), piece, start);
          }
        }
      }
      lines[i].append(piece);
    }
  }

  private int width(Column column) {
    return column.cells().stream().mapToInt(cell -> text(cell).length()).max().orElse(1);
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
      case BOX, MEASURE, OUTCOME, REGION -> cell.text();
      case CONTROL -> plain ? "*" : "●";
      case CONTROL_ON_ZERO -> plain ? "o" : "○";
      case FLIP -> plain ? "+" : "⊕";
      case SWAP -> plain ? "x" : "×";
      case BARRIER -> plain ? ":" : "░";
    };
  }
}
