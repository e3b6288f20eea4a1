package dev.reeve.gateway.beamline.worker;

import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// A JSON object that is written member by member. Confined to one thread.
final class ExecJson {
  private final Map<String, JsonValue> members = new LinkedHashMap<>();

  ExecJson put(String name, JsonValue value) {
    members.put(name, value);
    return this;
  }

  ExecJson put(String name, String text) {
    return put(name, new JsonValue.Text(text));
  }

  /// Nothing for an empty text.
  ExecJson putGiven(String name, String text) {
    return text.isEmpty() ? this : put(name, text);
  }

  ExecJson put(String name, long number) {
    return put(name, new JsonValue.Numeral(Long.toString(number)));
  }

  ExecJson put(String name, double number) {
    return put(name, new JsonValue.Numeral(decimal(number)));
  }

  ExecJson put(String name, boolean truth) {
    return put(name, new JsonValue.Truth(truth));
  }

  ExecJson put(String name, ExecJson object) {
    return put(name, object.value());
  }

  /// Nothing for an empty object.
  ExecJson putGiven(String name, ExecJson object) {
    return object.members.isEmpty() ? this : put(name, object);
  }

  /// In ascending order of names.
  ExecJson put(String name, Map<String, String> texts) {
    ExecJson object = new ExecJson();
    new TreeMap<>(texts).forEach(object::put);
    return put(name, object);
  }

  ExecJson putAll(Map<String, JsonValue> others) {
    members.putAll(others);
    return this;
  }

  JsonValue value() {
    return new JsonValue.Members(members);
  }

  String text() {
    return JsonText.write(value());
  }

  private static String decimal(double number) {
    String plain = BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    return plain.contains(".") ? plain : plain + ".0";
  }
}
