package dev.reeve.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.quantum.compiler.CalibrationReader;
import dev.reeve.quantum.compiler.DeviceModel;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.TreeMap;

/// The file of `--calibration`: a JSON object with figures of a device.
final class CalibrationFile {
  private static final int BYTES_MAX = 4 * 1024 * 1024;

  private CalibrationFile() {}

  /// A device with the figures of a file.
  ///
  /// @param file its path
  /// @throws dev.reeve.base.ProblemException `ARGUMENT_INVALID`, or when there is no such file
  static DeviceModel on(String file, DeviceModel model) {
    try {
      return CalibrationReader.read("--calibration", figures(file), model.couplings())
          .map(model::with)
          .orElse(model);
    } catch (IllegalArgumentException e) {
      throw CliProblems.ARGUMENT_INVALID
          .because("--calibration: " + file + ": " + e.getMessage())
          .toException();
    }
  }

  private static Map<String, String> figures(String file) {
    String text = new String(LocalFiles.read(LocalFiles.path(file), BYTES_MAX), UTF_8);
    Map<String, String> figures = new TreeMap<>();
    try (JsonReader json = new JsonReader(new StringReader(text))) {
      json.beginObject();
      while (json.hasNext()) {
        String name = json.nextName();
        if (!CalibrationReader.isName(name)) {
          throw new IllegalArgumentException(
              name + " (expected: " + CalibrationReader.names() + ")");
        }
        if (figures.put(name, JsonParser.parseReader(json).toString()) != null) {
          throw new IllegalArgumentException(name + ": twice (expected: once)");
        }
      }
      json.endObject();
      if (json.peek() != JsonToken.END_DOCUMENT) {
        throw new IllegalArgumentException("no JSON object alone");
      }
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw new IllegalArgumentException("no JSON object");
    }
    return figures;
  }
}
