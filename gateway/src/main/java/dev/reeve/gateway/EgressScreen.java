package dev.reeve.gateway;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.reeve.service.CallGovernance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The way out for response messages: what the conscience and the boundary say of the words in
/// them. Safe on any thread.
///
/// Only fields that carry somebody's words are looked at, never ids, principals, tenants and
/// labels. Results of jobs are not among them: they were looked at once, before their release, and
/// are read as they were released.
final class EgressScreen {
  /// Names of text fields that carry words of workers, of jobs or of people.
  private static final Set<String> WORDS =
      Set.of("message", "error_message", "error_summary", "comment", "note");

  private final CallGovernance governance;

  /// Fields of a type to look at or into; types without any cost one look-up.
  private final Map<Descriptor, List<FieldDescriptor>> plans = new ConcurrentHashMap<>();

  EgressScreen(CallGovernance governance) {
    this.governance = governance;
  }

  /// The message as it may leave; the same object when nothing was cut.
  <R> R screen(String tenant, R response) {
    if (!(response instanceof Message message)) {
      return response;
    }
    Message clean = clean(tenant, message);
    if (clean == null) {
      return response;
    }
    // A builder makes a message of its own type.
    @SuppressWarnings("unchecked")
    R same = (R) clean;
    return same;
  }

  /// The cleaned message; null when nothing was cut.
  private @Nullable Message clean(String tenant, Message message) {
    Message.Builder changed = null;
    for (FieldDescriptor field : plan(message.getDescriptorForType())) {
      if (field.isRepeated()) {
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
          Object clean = clean(tenant, message.getRepeatedField(field, i));
          if (clean != null) {
            changed = changed == null ? message.toBuilder() : changed;
            changed.setRepeatedField(field, i, clean);
          }
        }
      } else if (!field.hasPresence() || message.hasField(field)) {
        Object clean = clean(tenant, message.getField(field));
        if (clean != null) {
          changed = changed == null ? message.toBuilder() : changed;
          changed.setField(field, clean);
        }
      }
    }
    return changed == null ? null : changed.build();
  }

  private @Nullable Object clean(String tenant, Object value) {
    if (value instanceof Message nested) {
      return clean(tenant, nested);
    }
    if (!(value instanceof String text) || text.isEmpty()) {
      return null;
    }
    String released = governance.released(tenant, text);
    return released.equals(text) ? null : released;
  }

  private List<FieldDescriptor> plan(Descriptor type) {
    List<FieldDescriptor> known = plans.get(type);
    if (known != null) {
      return known;
    }
    List<FieldDescriptor> made = new ArrayList<>();
    for (FieldDescriptor field : type.getFields()) {
      if (isWords(field) || leadsToWords(field, new ArrayList<>(List.of(type)))) {
        made.add(field);
      }
    }
    plans.put(type, List.copyOf(made));
    return List.copyOf(made);
  }

  private static boolean isWords(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.STRING
        && WORDS.contains(field.getName());
  }

  private static boolean leadsToWords(FieldDescriptor field, List<Descriptor> above) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
        || field.isMapField()
        || above.contains(field.getMessageType())) {
      return false;
    }
    List<Descriptor> path = new ArrayList<>(above);
    path.add(field.getMessageType());
    for (FieldDescriptor inner : field.getMessageType().getFields()) {
      if (isWords(inner) || leadsToWords(inner, path)) {
        return true;
      }
    }
    return false;
  }
}
