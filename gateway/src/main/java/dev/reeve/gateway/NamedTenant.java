package dev.reeve.gateway;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.reeve.base.Ids;
import dev.reeve.service.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The tenant that a request is about, known before its handler chooses it: consent, the ceiling
/// and the conscience hold for that one, not for the one that the headers select.
///
/// Handlers choose by [TenantChoice] from one of these fields. A tenant that the caller may not act
/// for is left to them to refuse. Safe on any thread; asked for each message, so the fields of a
/// message type are looked up once.
final class NamedTenant {
  /// Where requests name a tenant; the first that does counts.
  private static final List<List<String>> PATHS =
      List.of(
          List.of("tenant"),
          List.of("tenant_id"),
          List.of("org_id"),
          List.of("meta", "tenant_id"),
          List.of("filter", "tenant"),
          List.of("message", "tenant_id"),
          List.of("request", "message", "tenant_id"),
          List.of("request", "tenant"),
          List.of("request", "meta", "tenant_id"),
          List.of("job", "tenant_id"),
          List.of("job", "meta", "tenant_id"),
          List.of("job", "identity", "tenant_id"),
          List.of("envelope", "tenant_id"),
          List.of("envelope", "request", "tenant_id"),
          List.of("metadata", "tenant_id"),
          List.of("request_metadata", "tenant_id"),
          List.of("context", "tenant_id"),
          List.of("tenant", "tenant_id"));

  private static final Map<Descriptor, List<List<FieldDescriptor>>> FIELDS =
      new ConcurrentHashMap<>();

  private NamedTenant() {}

  /// The caller for the tenant that a message names; the caller as it is when it names none.
  static Caller of(Caller caller, Message message) {
    for (List<FieldDescriptor> path : fields(message.getDescriptorForType())) {
      String named = text(message, path);
      if (!named.isBlank()) {
        return !named.equals(caller.tenant()) && Ids.isTenant(named) && caller.mayActFor(named)
            ? caller.withTenant(named)
            : caller;
      }
    }
    return caller;
  }

  /// The fields of a message type that name a tenant.
  static List<List<FieldDescriptor>> fields(Descriptor type) {
    List<List<FieldDescriptor>> known = FIELDS.get(type);
    return known != null ? known : FIELDS.computeIfAbsent(type, NamedTenant::find);
  }

  private static List<List<FieldDescriptor>> find(Descriptor type) {
    List<List<FieldDescriptor>> found = new ArrayList<>();
    for (List<String> path : PATHS) {
      List<FieldDescriptor> fields = resolve(type, path);
      if (!fields.isEmpty()) {
        found.add(fields);
      }
    }
    return List.copyOf(found);
  }

  private static List<FieldDescriptor> resolve(Descriptor type, List<String> path) {
    List<FieldDescriptor> fields = new ArrayList<>();
    Descriptor within = type;
    for (int i = 0; i < path.size(); i++) {
      FieldDescriptor field = within.findFieldByName(path.get(i));
      boolean last = i == path.size() - 1;
      FieldDescriptor.JavaType wanted =
          last ? FieldDescriptor.JavaType.STRING : FieldDescriptor.JavaType.MESSAGE;
      if (field == null || field.isRepeated() || field.getJavaType() != wanted) {
        return List.of();
      }
      fields.add(field);
      within = last ? within : field.getMessageType();
    }
    return fields;
  }

  private static String text(Message message, List<FieldDescriptor> path) {
    Message within = message;
    for (FieldDescriptor field : path.subList(0, path.size() - 1)) {
      within = (Message) within.getField(field);
    }
    return (String) within.getField(path.getLast());
  }
}
