package dev.reeve.quantum.aqo;

import dev.reeve.base.Bytes;
import dev.reeve.quantum.Indexes;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Writes documents in canonical form: names sorted by code point, no spaces, ASCII with escapes,
/// numbers as Python writes them, so that digests agree with those of other implementations.
final class AqoWriter {
  private final StringBuilder out = new StringBuilder(1_024);
  private boolean needsComma;

  private AqoWriter() {}

  static Bytes write(AqoDocument document) {
    AqoWriter writer = new AqoWriter();
    writer.document(document);
    return Bytes.utf8(writer.out.toString());
  }

  /// One value in canonical form.
  static String write(AqoValue value) {
    AqoWriter writer = new AqoWriter();
    writer.value(value);
    return writer.out.toString();
  }

  private void document(AqoDocument document) {
    open('{');
    document.annotations().ifPresent(members -> member("annotations", members));
    document.checksums().ifPresent(members -> member("checksums", members));
    document.metadata().ifPresent(members -> member("metadata", members));
    operations("operations", document.operations());
    document
        .parameters()
        .ifPresent(values -> {
          name("parameters");
          members(values);
        });
    member("qubits", document.qubits());
    document.topology().ifPresent(members -> member("topology", members));
    name("version");
    text(document.version().text());
    close('}');
  }

  private void operations(String name, List<AqoOperation> operations) {
    name(name);
    open('[');
    for (AqoOperation operation : operations) {
      open('{');
      switch (operation) {
        case AqoOperation.Gate gate -> gate(gate);
        case AqoOperation.Measure measure -> measure(measure);
        case AqoOperation.Reset reset -> plain("RESET", reset.qubits());
        case AqoOperation.Barrier barrier -> plain("BARRIER", barrier.qubits());
        case AqoOperation.Delay delay -> delay(delay);
        case AqoOperation.If branch -> branch(branch);
        case AqoOperation.For loop -> repeat(loop);
        case AqoOperation.While loop -> repeat(loop);
      }
      close('}');
    }
    close(']');
  }

  private void gate(AqoOperation.Gate gate) {
    name("op");
    text(gate.gate().name());
    if (!gate.arguments().isEmpty()) {
      name("params");
      open('{');
      // Their order is theta, phi, lambda: backwards they are sorted.
      for (int i = gate.arguments().size() - 1; i >= 0; i--) {
        member(gate.gate().arguments().get(i), gate.arguments().get(i));
      }
      close('}');
    }
    if (gate.qubits().size() > 0) {
      indexes("q", gate.qubits());
    }
  }

  private void measure(AqoOperation.Measure measure) {
    measure
        .basis()
        .ifPresent(basis -> {
          name("basis");
          text(basis.name());
        });
    indexes("c", measure.bits());
    plain("MEASURE", measure.qubits());
  }

  private void delay(AqoOperation.Delay delay) {
    name("op");
    text("DELAY");
    name("params");
    open('{');
    member(AqoOperation.Delay.ARGUMENT, delay.nanoseconds());
    close('}');
    indexes("q", delay.qubits());
  }

  private void branch(AqoOperation.If branch) {
    indexes("c", branch.condition().bits());
    if (!branch.otherwise().isEmpty()) {
      operations("else", branch.otherwise());
    }
    name("op");
    text("IF");
    operations("then", branch.then());
    member("value", branch.condition().value());
  }

  private void repeat(AqoOperation.For loop) {
    operations("body", loop.body());
    member("count", loop.count());
    name("op");
    text("FOR");
  }

  private void repeat(AqoOperation.While loop) {
    operations("body", loop.body());
    indexes("c", loop.condition().bits());
    member("max", loop.roundsMax());
    name("op");
    text("WHILE");
    member("value", loop.condition().value());
  }

  private void plain(String operation, Indexes qubits) {
    name("op");
    text(operation);
    indexes("q", qubits);
  }

  private void indexes(String name, Indexes indexes) {
    name(name);
    open('[');
    for (int i = 0; i < indexes.size(); i++) {
      separate();
      out.append(indexes.get(i));
      needsComma = true;
    }
    close(']');
  }

  private void member(String name, long value) {
    name(name);
    out.append(value);
    needsComma = true;
  }

  private void member(String name, AqoValue value) {
    name(name);
    value(value);
  }

  private void members(Map<String, ? extends AqoValue> values) {
    open('{');
    values.forEach(this::member);
    close('}');
  }

  private void value(AqoValue value) {
    switch (value) {
      case AqoValue.Whole whole -> literal(Long.toString(whole.value()));
      case AqoValue.Decimal decimal -> literal(DecimalText.of(decimal.value()));
      case AqoValue.Words words -> text(words.text());
      case AqoValue.Truth truth -> literal(Boolean.toString(truth.value()));
      case AqoValue.Nothing _ -> literal("null");
      case AqoValue.Elements elements -> {
        open('[');
        elements.values().forEach(this::value);
        close(']');
      }
      case AqoValue.Members members -> members(members.values());
    }
  }

  private void literal(String word) {
    separate();
    out.append(word);
    needsComma = true;
  }

  private void open(char bracket) {
    separate();
    out.append(bracket);
    needsComma = false;
  }

  private void close(char bracket) {
    out.append(bracket);
    needsComma = true;
  }

  private void name(String name) {
    text(name);
    out.append(':');
    needsComma = false;
  }

  private void separate() {
    if (needsComma) {
      out.append(',');
    }
  }

  private void text(String text) {
    separate();
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ' || c > '~') {
            out.append("\\u").append(HexFormat.of().toHexDigits(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
    needsComma = true;
  }
}
