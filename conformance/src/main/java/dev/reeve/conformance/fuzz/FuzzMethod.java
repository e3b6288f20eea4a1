package dev.reeve.conformance.fuzz;

import com.google.protobuf.Descriptors.Descriptor;
import io.grpc.MethodDescriptor.MethodType;

/// A method of the server under test.
///
/// @param name `PACKAGE.SERVICE/METHOD`
/// @param request what it takes
/// @param type how many messages go each way
record FuzzMethod(String name, Descriptor request, MethodType type) {
  /// Whether it is nobody's data and open in every state: health and reflection.
  boolean isPublic() {
    return name.startsWith("grpc.");
  }
}
