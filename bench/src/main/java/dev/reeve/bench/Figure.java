package dev.reeve.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Locale;
import java.util.OptionalDouble;

/// One measured number.
///
/// @param name dotted, stable: what other runs are compared by
/// @param value in the unit
/// @param unit for people, for example `cycles/s`
/// @param limit what the machine does for the same need without us, in the same unit
/// @param peer what another product does, in the same unit
public record Figure(
    String name, double value, String unit, OptionalDouble limit, OptionalDouble peer) {
  static Figure of(String name, double value, String unit) {
    return new Figure(name, value, unit, OptionalDouble.empty(), OptionalDouble.empty());
  }

  Figure withLimit(double raw) {
    return new Figure(name, value, unit, OptionalDouble.of(raw), peer);
  }

  Figure withPeer(double other) {
    return new Figure(name, value, unit, limit, OptionalDouble.of(other));
  }

  /// Value to peer; to the limit where there is no peer.
  OptionalDouble ratio() {
    OptionalDouble measure = peer.isPresent() ? peer : limit;
    return measure.isPresent() && measure.getAsDouble() != 0
        ? OptionalDouble.of(value / measure.getAsDouble())
        : OptionalDouble.empty();
  }

  /// `{"name","value","unit","limit","peer","ratio"}`; what is not known is null.
  String json() {
    JsonObject out = new JsonObject();
    out.addProperty("name", name);
    out.addProperty("value", rounded(value));
    out.addProperty("unit", unit);
    out.add("limit", orNull(limit));
    out.add("peer", orNull(peer));
    out.add("ratio", orNull(ratio()));
    return out.toString();
  }

  /// One line of a table for people.
  String text() {
    return "%-34s %12s %-10s %s%s%s"
        .formatted(
            name,
            number(value),
            unit,
            limit.isPresent() ? "  limit " + number(limit.getAsDouble()) : "",
            peer.isPresent() ? "  peer " + number(peer.getAsDouble()) : "",
            ratio().isPresent() ? "  ratio " + ratioText(ratio().getAsDouble()) : "")
        .stripTrailing();
  }

  private static String ratioText(double ratio) {
    return String.format(Locale.ROOT, ratio >= 0.1 ? "%.2f" : "%.5f", ratio);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.3f", value);
  }

  private static JsonElement orNull(OptionalDouble value) {
    return value.isPresent() ? new JsonPrimitive(rounded(value.getAsDouble())) : JsonNull.INSTANCE;
  }

  private static Number rounded(double value) {
    return Math.abs(value) >= 1_000 ? Math.round(value) : Math.round(value * 100_000) / 100_000.0;
  }
}
