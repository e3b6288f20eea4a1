package dev.reeve.gateway;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.reeve.base.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Bounds the shape of a request before anything looks into it: depth, members of a list, unknown
/// bytes. Content rules come with governance and stand here too.
final class IngressStation {
  private static final int DEPTH_MAX = 64;
  private static final int FLAT_DEPTH_MAX = 8;
  private static final int ELEMENTS_MAX = 10_000;
  private static final int UNKNOWN_BYTES_MAX = 64 * 1024;

  /// Whether messages of a type hold others in so few levels that none is too deep.
  private final Map<Descriptor, Boolean> flat = new ConcurrentHashMap<>();

  /// @param wireBytes bytes that it took on its way here, or [WireSize#UNKNOWN]
  Optional<Problem> check(Object request, int wireBytes) {
    return request instanceof Message message && !isSmallAndFlat(message, wireBytes)
        ? check(message, "", 1)
        : Optional.empty();
  }

  /// An element takes at least a byte, so fewer bytes than elements are allowed hold no long list;
  /// what is left to exceed is the depth. Most requests need no further look.
  private boolean isSmallAndFlat(Message message, int wireBytes) {
    int bytes = wireBytes == WireSize.UNKNOWN ? message.getSerializedSize() : wireBytes;
    return bytes <= ELEMENTS_MAX && isFlat(message.getDescriptorForType());
  }

  private boolean isFlat(Descriptor type) {
    Boolean known = flat.get(type);
    return known != null ? known : flat.computeIfAbsent(type, one -> isFlat(one, 1));
  }

  private static boolean isFlat(Descriptor type, int depth) {
    return depth <= FLAT_DEPTH_MAX
        && type.getFields().stream()
            .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
            .allMatch(field -> isFlat(field.getMessageType(), depth + 1));
  }

  private Optional<Problem> check(Message message, String path, int depth) {
    if (depth > DEPTH_MAX) {
      return Optional.of(tooComplex(path, "nested deeper", "at most " + DEPTH_MAX + " levels"));
    }
    int unknown = message.getUnknownFields().getSerializedSize();
    if (unknown > UNKNOWN_BYTES_MAX) {
      return Optional.of(
          tooComplex(path, unknown + " unknown bytes", "at most " + UNKNOWN_BYTES_MAX));
    }
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      Optional<Problem> problem =
          checkField(
              field.getKey(),
              field.getValue(),
              path.isEmpty() ? field.getKey().getName() : path + "." + field.getKey().getName(),
              depth);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private Optional<Problem> checkField(
      FieldDescriptor field, Object value, String path, int depth) {
    if (value instanceof List<?> elements) {
      if (elements.size() > ELEMENTS_MAX) {
        return Optional.of(
            tooComplex(path, elements.size() + " elements", "at most " + ELEMENTS_MAX));
      }
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        for (Object element : elements) {
          Optional<Problem> problem = check((Message) element, path, depth + 1);
          if (problem.isPresent()) {
            return problem;
          }
        }
      }
      return Optional.empty();
    }
    return value instanceof Message nested ? check(nested, path, depth + 1) : Optional.empty();
  }

  private static Problem tooComplex(String path, String value, String expected) {
    return GatewayProblems.REQUEST_TOO_COMPLEX.field(
        path.isEmpty() ? "request" : path, value, expected);
  }
}
