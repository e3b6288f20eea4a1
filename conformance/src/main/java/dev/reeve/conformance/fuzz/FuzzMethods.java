package dev.reeve.conformance.fuzz;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.Channel;
import io.grpc.MethodDescriptor.MethodType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Every method that a server answers to: what its reflection lists, what the protocols declare
/// beside, and names that no proto file can declare.
final class FuzzMethods {
  private static final String DESCRIPTORS = "/dev/reeve/wire/descriptors.binpb";

  /// A package whose name has a dot where the file that declares it has an underscore.
  private static final String DOTTED = "kernel_api.v0.1.";

  private static final String DECLARED = "kernel_api.v0_1.";

  private FuzzMethods() {}

  /// By name, in order.
  static List<FuzzMethod> of(Channel server) {
    Map<String, FileDescriptorProto> files = new TreeMap<>();
    declared().getFileList().forEach(file -> files.put(file.getName(), file));
    for (String service : Reflection.services(server)) {
      if (!service.startsWith(DOTTED)) {
        Reflection.filesOf(server, service).forEach(file -> files.put(file.getName(), file));
      }
    }
    Map<String, FuzzMethod> methods = new TreeMap<>();
    Map<String, FileDescriptor> linked = new HashMap<>();
    for (String file : files.keySet()) {
      for (ServiceDescriptor service : link(file, files, linked).getServices()) {
        service.getMethods().forEach(method -> add(methods, service.getFullName(), method));
      }
    }
    return List.copyOf(methods.values());
  }

  private static void add(
      Map<String, FuzzMethod> methods, String service, MethodDescriptor method) {
    String name = service + "/" + method.getName();
    FuzzMethod known = new FuzzMethod(name, method.getInputType(), type(method));
    methods.put(name, known);
    if (name.startsWith(DECLARED)) {
      String alias = DOTTED + name.substring(DECLARED.length());
      methods.put(alias, new FuzzMethod(alias, known.request(), known.type()));
    }
  }

  private static MethodType type(MethodDescriptor method) {
    if (method.isClientStreaming()) {
      return method.isServerStreaming() ? MethodType.BIDI_STREAMING : MethodType.CLIENT_STREAMING;
    }
    return method.isServerStreaming() ? MethodType.SERVER_STREAMING : MethodType.UNARY;
  }

  private static FileDescriptorSet declared() {
    try (InputStream in = FuzzMethods.class.getResourceAsStream(DESCRIPTORS)) {
      return FileDescriptorSet.parseFrom(Objects.requireNonNull(in, DESCRIPTORS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileDescriptor link(
      String name, Map<String, FileDescriptorProto> files, Map<String, FileDescriptor> linked) {
    FileDescriptor done = linked.get(name);
    if (done != null) {
      return done;
    }
    FileDescriptorProto file =
        Objects.requireNonNull(files.get(name), () -> name + ": named and not given");
    FileDescriptor[] needed =
        file.getDependencyList().stream()
            .map(dependency -> link(dependency, files, linked))
            .toArray(FileDescriptor[]::new);
    try {
      FileDescriptor built = FileDescriptor.buildFrom(file, needed);
      linked.put(name, built);
      return built;
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(name + ": broken descriptor", e);
    }
  }
}
