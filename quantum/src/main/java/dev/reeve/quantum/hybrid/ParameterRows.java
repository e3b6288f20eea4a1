package dev.reeve.quantum.hybrid;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.reeve.quantum.QuantumProblems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Sets of values for parameters: JSON objects of numbers, strings and booleans, one after the
/// other or in a list.
public final class ParameterRows {
  /// Most sets of one sweep.
  public static final int ROWS_MAX = 100_000;

  private static final int VALUES_MAX = 1_000;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(2)
                  .maxNumberLength(400)
                  .maxStringLength(10_000)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final String field;
  private final int rowsMax;
  private final List<SortedMap<String, String>> rows = new ArrayList<>();

  private ParameterRows(String field, int rowsMax) {
    this.field = field;
    this.rowsMax = rowsMax;
  }

  /// Reads the sets: JSON Lines, or a list.
  ///
  /// @param field what refusals call the text
  /// @param rowsMax most sets
  /// @return at least one
  /// @throws dev.reeve.base.ProblemException `PARAMETER_INVALID` with the line
  public static List<SortedMap<String, String>> parse(String field, String text, int rowsMax) {
    ParameterRows reader = new ParameterRows(field, rowsMax);
    try (JsonParser parser = FACTORY.createParser(text)) {
      reader.read(parser);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw reader.wrong(line, e.getOriginalMessage().startsWith("Duplicate"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (reader.rows.isEmpty()) {
      throw reader.wrong(1, false);
    }
    return Collections.unmodifiableList(reader.rows);
  }

  private void read(JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    boolean list = token == JsonToken.START_ARRAY;
    if (list) {
      token = parser.nextToken();
    }
    while (token != null && token != JsonToken.END_ARRAY) {
      if (token != JsonToken.START_OBJECT || rows.size() == rowsMax) {
        throw wrong(parser.currentLocation().getLineNr(), false);
      }
      rows.add(row(parser));
      token = parser.nextToken();
    }
    if (list && parser.nextToken() != null) {
      throw wrong(parser.currentLocation().getLineNr(), false);
    }
  }

  private SortedMap<String, String> row(JsonParser parser) throws IOException {
    SortedMap<String, String> row = new TreeMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      boolean scalar = value.isNumeric() || value.isBoolean() || value == JsonToken.VALUE_STRING;
      if (!scalar || row.size() == VALUES_MAX) {
        throw wrong(parser.currentLocation().getLineNr(), false);
      }
      row.put(name, parser.getText());
    }
    return Collections.unmodifiableSortedMap(row);
  }

  private RuntimeException wrong(int line, boolean twice) {
    return QuantumProblems.PARAMETER_INVALID
        .field(
            field,
            twice ? "a name twice in line " + line : "line " + line,
            "1 to %d JSON objects of numbers, strings and booleans".formatted(rowsMax))
        .toException();
  }
}
