package dev.reeve.conformance.wire;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// A message as text and as bytes, under each name that has this shape.
///
/// @param name full name of the message
/// @param text the message in protobuf text format
/// @param bytes its encoding, written by hand
record ByteGolden(String name, String text, ByteString bytes) {
  private static final String SEPARATOR = "\n=\n";

  /// Reads `golden/bytes/DIALECT.txt`: blocks set apart by blank lines, each with the names, the
  /// text, a line `=` and the bytes in hex; `#` begins a comment.
  static Stream<ByteGolden> read(WireDialect dialect) {
    List<ByteGolden> goldens = new ArrayList<>();
    String file = WireResources.text("golden/bytes/" + dialect.fileName());
    for (String block : file.split("\n\n", -1)) {
      if (!block.startsWith("#")) {
        goldens.addAll(parse(block));
      }
    }
    return goldens.stream();
  }

  private static List<ByteGolden> parse(String block) {
    int names = block.indexOf('\n');
    int separator = block.indexOf(SEPARATOR);
    if (names < 0 || separator < 0) {
      throw new IllegalArgumentException(block + " (expected: names, text, a line =, hex)");
    }
    String text = block.substring(names + 1, separator);
    ByteString bytes = hex(block.substring(separator + SEPARATOR.length()));
    return Arrays.stream(block.substring(0, names).split(" ", -1))
        .map(name -> new ByteGolden(name, text, bytes))
        .toList();
  }

  private static ByteString hex(String lines) {
    String digits = lines.replaceAll("#[^\n]*", "").replaceAll("\\s+", "");
    return ByteString.copyFrom(HexFormat.of().parseHex(digits));
  }

  @Override
  public String toString() {
    return name;
  }
}
