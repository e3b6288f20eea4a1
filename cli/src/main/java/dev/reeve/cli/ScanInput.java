package dev.reeve.cli;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import dev.reeve.base.Check;
import dev.reeve.base.Text;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// One line of a batch of scans: `{"text": ..., "scanners": [...]}`.
///
/// @param text what to scan
/// @param scanners by which; empty: by all
record ScanInput(String text, Optional<Set<String>> scanners) {
  private static final List<String> MEMBERS = List.of("text", "scanners");

  /// Reads a line.
  ///
  /// @throws IllegalArgumentException saying what is wrong
  static ScanInput read(String line) {
    try (JsonReader in = new JsonReader(new StringReader(line))) {
      in.setStrictness(Strictness.STRICT);
      ScanInput input = read(in);
      // In strict mode anything after the value is malformed.
      Check.state(in.peek() == JsonToken.END_DOCUMENT, "the line goes on after its value");
      return input;
    } catch (MalformedJsonException | EOFException e) {
      throw new IllegalArgumentException("not JSON (expected: one JSON object)", e);
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException(
          "not the members expected (expected: text, a string, and scanners, a list of strings)",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ScanInput read(JsonReader in) throws IOException {
    Set<String> seen = new HashSet<>();
    String text = "";
    Optional<Set<String>> scanners = Optional.empty();
    in.beginObject();
    while (in.hasNext()) {
      String member = in.nextName();
      if (!seen.add(member)) {
        throw new IllegalArgumentException(
            Text.quoteForMessage(member) + ": twice (expected: once)");
      }
      switch (member) {
        case "text" -> text = string(in);
        case "scanners" -> scanners = Optional.of(strings(in));
        default -> throw unknown(member);
      }
    }
    in.endObject();
    if (!seen.contains("text")) {
      throw new IllegalArgumentException("text: missing (expected: a string)");
    }
    if (!Text.isUnicode(text)) {
      throw new IllegalArgumentException("text: half a surrogate pair (expected: Unicode)");
    }
    return new ScanInput(text, scanners);
  }

  private static IllegalArgumentException unknown(String member) {
    String nearest = Text.nearest(member, MEMBERS);
    return new IllegalArgumentException(
        "unknown member "
            + Text.quoteForMessage(member)
            + (nearest.isEmpty() ? "" : "; did you mean " + nearest + "?"));
  }

  private static String string(JsonReader in) throws IOException {
    if (in.peek() != JsonToken.STRING) {
      throw new IllegalStateException("no string");
    }
    return in.nextString();
  }

  private static Set<String> strings(JsonReader in) throws IOException {
    Set<String> strings = new TreeSet<>();
    in.beginArray();
    while (in.hasNext()) {
      strings.add(string(in));
    }
    in.endArray();
    return strings;
  }
}
