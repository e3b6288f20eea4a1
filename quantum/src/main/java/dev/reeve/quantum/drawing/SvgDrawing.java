package dev.reeve.quantum.drawing;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.drawing.DrawingGrid.Cell;
import dev.reeve.quantum.drawing.DrawingGrid.Column;
import dev.reeve.quantum.drawing.DrawingGrid.Link;
import java.util.List;

/// A circuit drawn as SVG: one image that stands alone, without scripts and without fonts of its
/// own.
public final class SvgDrawing {
  private static final int ROW = 40;
  private static final int MARGIN = 20;
  private static final int CHARACTER = 8;
  private static final int BOX_HEIGHT = 26;
  private static final int DOT = 4;
  private static final int RING = 10;
  private static final int ARM = 6;

  private final DrawingGrid grid;
  private final StringBuilder out = new StringBuilder();

  private SvgDrawing(DrawingGrid grid) {
    this.grid = grid;
  }

  /// @throws dev.reeve.base.ProblemException `CIRCUIT_TOO_LARGE_TO_DRAW`
  public static String draw(Circuit circuit) {
    return new SvgDrawing(DrawingGrid.of(circuit, new OperationText(circuit, "π"))).draw();
  }

  private String draw() {
    int rows = grid.labels().size();
    int label = grid.labels().stream().mapToInt(String::length).max().orElse(0) * CHARACTER;
    int left = MARGIN + label + CHARACTER;
    int width = left + MARGIN;
    for (Column column : grid.columns()) {
      width += width(column);
    }
    head(width, 2 * MARGIN + rows * ROW);
    for (int row = 0; row < rows; row++) {
      out.append(
          "<text class=\"label\" x=\"%d\" y=\"%d\">%s</text>\n"
              .formatted(left - CHARACTER, y(row), escaped(grid.labels().get(row))));
      line(left, y(row), width - MARGIN, y(row), grid.isClassical(row) ? "bits" : "wire");
    }
    int x = left;
    for (Column column : grid.columns()) {
      int centre = x + width(column) / 2;
      for (Link link : column.links()) {
        line(centre, y(link.from()), centre, y(link.to()), link.classical() ? "bits" : "link");
      }
      column.cells().forEach(cell -> cell(cell, centre));
      x += width(column);
    }
    return out.append("</svg>\n").toString();
  }

  private void head(int width, int height) {
    out.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d">
        <style>
        text { font: 13px monospace; text-anchor: middle; dominant-baseline: central; fill: #1b1f24; }
        text.label { text-anchor: end; }
        line, circle, rect { stroke: #1b1f24; stroke-width: 1.2; fill: none; }
        rect { fill: #eef3fb; }
        rect.region { fill: #fff6e0; stroke-dasharray: 3 2; }
        .full { fill: #1b1f24; }
        .empty { fill: #ffffff; }
        .bits { stroke: #6b7280; stroke-width: 3; }
        .barrier { stroke-dasharray: 2 3; }
        </style>
        <rect x="0" y="0" width="%1$d" height="%2$d" style="fill:#ffffff;stroke:none"/>
        """
            .formatted(width, height));
  }

  private static int width(Column column) {
    List<Cell> cells = column.cells();
    int characters = cells.stream().mapToInt(cell -> cell.text().length()).max().orElse(0);
    return Math.max(2 * RING, characters * CHARACTER + 12) + 14;
  }

  private static int y(int row) {
    return MARGIN + ROW / 2 + row * ROW;
  }

  private void cell(Cell cell, int x) {
    int y = y(cell.row());
    switch (cell.kind()) {
      case BOX, MEASURE -> box(cell.text(), x, y, "gate");
      case REGION -> box(cell.text(), x, y, "region");
      case OUTCOME -> {
        circle(x, y, RING, "empty");
        text(cell.text(), x, y);
      }
      case CONTROL -> circle(x, y, DOT, "full");
      case CONTROL_ON_ZERO -> circle(x, y, DOT + 1, "empty");
      case FLIP -> {
        circle(x, y, RING, "empty");
        line(x - RING, y, x + RING, y, "link");
        line(x, y - RING, x, y + RING, "link");
      }
      case SWAP -> {
        line(x - ARM, y - ARM, x + ARM, y + ARM, "link");
        line(x - ARM, y + ARM, x + ARM, y - ARM, "link");
      }
      case BARRIER -> line(x, y - ROW / 2, x, y + ROW / 2, "barrier");
    }
  }

  private void box(String words, int x, int y, String style) {
    int width = Math.max(BOX_HEIGHT, words.length() * CHARACTER + 12);
    out.append(
        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n"
            .formatted(style, x - width / 2, y - BOX_HEIGHT / 2, width, BOX_HEIGHT));
    text(words, x, y);
  }

  private void text(String words, int x, int y) {
    out.append("<text x=\"%d\" y=\"%d\">%s</text>\n".formatted(x, y, escaped(words)));
  }

  private void circle(int x, int y, int radius, String style) {
    out.append(
        "<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>\n".formatted(style, x, y, radius));
  }

  private void line(int x1, int y1, int x2, int y2, String style) {
    out.append(
        "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n"
            .formatted(style, x1, y1, x2, y2));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
