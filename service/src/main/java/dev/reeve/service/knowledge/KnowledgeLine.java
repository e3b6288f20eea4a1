package dev.reeve.service.knowledge;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import java.util.Locale;
import java.util.TreeMap;

/// An item as it is kept: whose, where in the order, and since when.
///
/// @param sequence of its first write; pages follow it
/// @param keptAtMicros when this form of it was written
/// @param bytes its stored form
record KnowledgeLine(
    String tenant, long sequence, long keptAtMicros, KnowledgeItem item, Bytes bytes) {
  static KnowledgeLine of(String tenant, long sequence, long keptAtMicros, KnowledgeItem item) {
    Bytes bytes =
        new CanonicalWriter(512)
            .beginObject()
            .member("at", item.atMicros())
            .member("entanglement", Double.toString(item.entanglement()))
            .member("facts", item.facts())
            .member("fallback", item.fallback())
            .member("id", item.id())
            .member("kept", keptAtMicros)
            .member("kind", item.kind().name().toLowerCase(Locale.ROOT))
            .member("qubits", item.qubits())
            .member("sequence", sequence)
            .member("tenant", tenant)
            .member("texts", item.texts())
            .member("v", 1)
            .endObject()
            .toBytes();
    return new KnowledgeLine(tenant, sequence, keptAtMicros, item, bytes);
  }

  /// @throws dev.reeve.base.CanonicalFormatException when it is no line of ours
  static KnowledgeLine parse(Bytes bytes) {
    CanonicalObject line = CanonicalReader.object(bytes);
    KnowledgeItem item =
        new KnowledgeItem(
            KnowledgeItem.Kind.valueOf(line.text("kind").toUpperCase(Locale.ROOT)),
            line.text("id"),
            new TreeMap<>(line.textMap("texts")),
            new TreeMap<>(line.textMap("facts")),
            line.integer("qubits"),
            Double.parseDouble(line.text("entanglement")),
            line.flag("fallback"),
            line.number("at"));
    return new KnowledgeLine(
        line.text("tenant"), line.number("sequence"), line.number("kept"), item, bytes);
  }
}
