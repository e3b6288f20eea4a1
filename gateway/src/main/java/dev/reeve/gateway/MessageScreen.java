package dev.reeve.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemCode;
import dev.reeve.governance.cif.BoundaryFinding;
import dev.reeve.governance.cif.BoundaryPack;
import dev.reeve.governance.cif.CifIngress;
import dev.reeve.governance.cif.CifProblems;
import dev.reeve.governance.cif.IngressResult;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.governance.cif.TextScreen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The boundary (CIF) for a request message: every string, every bytes field that is a JSON
/// document or other text in UTF-8, and the source of programs. Safe on any thread.
///
/// Bytes that are no text are the payload of a job: they are looked at as its input by policy.
final class MessageScreen {
  /// Bytes fields of the quantum APIs that hold the source of a program: taken as it is or not at
  /// all, because a compiler's input that we changed would not be the caller's. Paths in it are
  /// allowed: an `include` of a circuit is resolved in our own library and never on a disk.
  private static final Set<String> PROGRAMS = Set.of("source", "program");

  private final CifIngress ingress;
  private final TextScreen screen;

  MessageScreen(BoundaryPack pack) {
    this.ingress = new CifIngress(pack);
    this.screen = new TextScreen(pack);
  }

  /// What became of a message.
  ///
  /// @param message the message, cleaned; the same object when nothing was cut
  /// @param originals the texts that were cut, as they came; empty when none were
  record Screened(
      Optional<ProblemCode> refusal,
      List<String> violations,
      List<BoundaryFinding> findings,
      Message message,
      Bytes originals) {
    /// A message that nobody looked into.
    static Screened untouched(Message message) {
      return new Screened(Optional.empty(), List.of(), List.of(), message, Bytes.EMPTY);
    }

    boolean isChanged() {
      return !originals.isEmpty();
    }
  }

  Screened screen(Message message) {
    Walk walk = new Walk();
    Message clean = walk.message(message, "");
    return new Screened(
        walk.refusal,
        walk.violations,
        walk.findings,
        clean == null ? message : clean,
        Bytes.utf8(walk.originals.toString()));
  }

  /// One look at one message.
  private final class Walk {
    private static final int NOTES_MAX = 64;

    private final List<String> violations = new ArrayList<>();
    private final List<BoundaryFinding> findings = new ArrayList<>();
    private final StringBuilder originals = new StringBuilder();
    private Optional<ProblemCode> refusal = Optional.empty();

    /// The cleaned message; null when nothing was cut.
    @Nullable Message message(Message message, String path) {
      Message.Builder changed = null;
      for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
        FieldDescriptor field = entry.getKey();
        if (!hasText(field)) {
          continue;
        }
        String at = path.isEmpty() ? field.getName() : path + "." + field.getName();
        if (field.isRepeated()) {
          List<?> values = (List<?>) entry.getValue();
          for (int i = 0; i < values.size(); i++) {
            Object clean = value(field, values.get(i), at + "[" + i + "]");
            if (clean != null) {
              changed = changed == null ? message.toBuilder() : changed;
              changed.setRepeatedField(field, i, clean);
            }
          }
        } else {
          Object clean = value(field, entry.getValue(), at);
          if (clean != null) {
            changed = changed == null ? message.toBuilder() : changed;
            changed.setField(field, clean);
          }
        }
      }
      return changed == null ? null : changed.build();
    }

    private static boolean hasText(FieldDescriptor field) {
      return switch (field.getJavaType()) {
        case STRING, BYTE_STRING, MESSAGE -> true;
        case INT, LONG, FLOAT, DOUBLE, BOOLEAN, ENUM -> false;
      };
    }

    /// The cleaned value; null when nothing was cut.
    private @Nullable Object value(FieldDescriptor field, Object value, String at) {
      return switch (value) {
        case String text -> isPlain(text) ? null : text(text, at);
        case ByteString bytes -> bytes(field, bytes, at);
        case Message nested -> message(nested, at);
        default -> null;
      };
    }

    private static boolean isPlain(String text) {
      return TextScreen.isPlain(text) && (text.isEmpty() || !mayBeBase64(text.charAt(0)));
    }

    private static boolean mayBeBase64(char first) {
      return first == 'e' || first == 'W';
    }

    private @Nullable Object text(String text, String at) {
      JsonValue before = new JsonValue.Text(text);
      JsonValue after = look(before, at);
      return after.equals(before) ? null : changed(text, ((JsonValue.Text) after).value());
    }

    private @Nullable Object bytes(FieldDescriptor field, ByteString bytes, String at) {
      if (isProgram(field)) {
        program(bytes.toStringUtf8(), at);
        return null;
      }
      Optional<JsonValue> before = MessageTree.json(bytes);
      if (before.isEmpty()) {
        otherText(bytes, at);
        return null;
      }
      JsonValue after = look(before.get(), at);
      return after.equals(before.get())
          ? null
          : ByteString.copyFromUtf8(changed(bytes.toStringUtf8(), JsonText.write(after)));
    }

    /// Text that is no JSON to us may be some to a reader who forgives more, so nothing is cut out
    /// of it: it is taken as it is or held.
    private void otherText(ByteString bytes, String at) {
      if (bytes.isEmpty() || !bytes.isValidUtf8()) {
        return;
      }
      String text = bytes.toStringUtf8();
      TextScreen.Screened screened = screen.screen(text, TextScreen.Kind.DATA);
      if (screened.held() || !screened.text().equals(text)) {
        hold(screened.findings(), at);
      }
    }

    private static boolean isProgram(FieldDescriptor field) {
      String api = field.getFile().getPackage();
      return PROGRAMS.contains(field.getName())
          && (api.startsWith("eigen") || api.startsWith("kernel_api"));
    }

    private String changed(String before, String after) {
      originals.append(before.length()).append(' ').append(before);
      return after;
    }

    private void program(String source, String at) {
      TextScreen.Screened screened = screen.screen(source, TextScreen.Kind.PROGRAM);
      if (screened.held()) {
        hold(screened.findings(), at);
      }
    }

    private void hold(List<BoundaryFinding> why, String at) {
      why.forEach(finding -> found(finding, at));
      refuse(CifProblems.CIF_QUARANTINED, List.of(at + ": " + why.getFirst().detector()));
    }

    private JsonValue look(JsonValue value, String at) {
      IngressResult result = ingress.look(value);
      result.findings().forEach(finding -> found(finding, at));
      result
          .refusal()
          .ifPresent(code ->
              refuse(
                  code,
                  result.violations().stream().map(violation -> at + ": " + violation).toList()));
      return result.payload();
    }

    private void found(BoundaryFinding finding, String at) {
      if (findings.size() < NOTES_MAX) {
        findings.add(finding.within(at));
      }
    }

    /// The first refusal stands, unless a later one is a quarantine.
    private void refuse(ProblemCode code, List<String> why) {
      if (refusal.isEmpty() || code.equals(CifProblems.CIF_QUARANTINED)) {
        refusal = Optional.of(code);
      }
      if (violations.size() < NOTES_MAX) {
        violations.addAll(why);
      }
    }
  }
}
