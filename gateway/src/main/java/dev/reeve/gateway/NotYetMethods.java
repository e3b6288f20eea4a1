package dev.reeve.gateway;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import dev.reeve.base.Problem;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Methods that the protocols declare and nobody serves yet. They answer `CAPABILITY_NOT_YET` with
/// the name of what is to come, so that a client can tell them from a misspelt name. Governed like
/// any other call.
final class NotYetMethods extends HandlerRegistry {
  private static final String DESCRIPTORS = "/dev/reeve/wire/descriptors.binpb";

  /// Raw bytes in and out: these methods never look at a message.
  private static final MethodDescriptor.Marshaller<byte[]> RAW =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          return new byte[0];
        }
      };

  private final Map<String, MethodDescriptorProto> methods = new TreeMap<>();

  private NotYetMethods() {}

  /// Every method of the descriptor set that is not among these.
  static NotYetMethods except(Set<String> served) {
    NotYetMethods notYet = new NotYetMethods();
    for (FileDescriptorProto file : descriptorSet().getFileList()) {
      for (ServiceDescriptorProto service : file.getServiceList()) {
        for (MethodDescriptorProto method : service.getMethodList()) {
          String name = file.getPackage() + "." + service.getName() + "/" + method.getName();
          if (!served.contains(name)) {
            notYet.methods.put(name, method);
          }
        }
      }
    }
    return notYet;
  }

  Set<String> methods() {
    return methods.keySet();
  }

  List<MethodDescriptor<?, ?>> descriptors() {
    List<MethodDescriptor<?, ?>> descriptors = new ArrayList<>();
    methods.forEach((name, method) -> descriptors.add(descriptor(name, method)));
    return descriptors;
  }

  static Problem problem(String fullMethodName) {
    String service =
        Objects.requireNonNull(MethodDescriptor.extractFullServiceName(fullMethodName));
    return GatewayProblems.CAPABILITY_NOT_YET
        .because(fullMethodName + " comes with " + capability(service))
        .with("capability", capability(service));
  }

  @Override
  public @Nullable ServerMethodDefinition<?, ?> lookupMethod(
      String methodName, @Nullable String authority) {
    MethodDescriptorProto method = methods.get(methodName);
    return method == null
        ? null
        : ServerMethodDefinition.create(descriptor(methodName, method), NotYetMethods::refuse);
  }

  private static ServerCall.Listener<byte[]> refuse(
      ServerCall<byte[], byte[]> call, Metadata headers) {
    Problem problem = problem(call.getMethodDescriptor().getFullMethodName());
    call.close(
        Statuses.status(problem, ProblemTable.OWN), Statuses.trailers(problem, ProblemTable.OWN));
    return new ServerCall.Listener<>() {};
  }

  private static MethodDescriptor<byte[], byte[]> descriptor(
      String name, MethodDescriptorProto method) {
    return MethodDescriptor.newBuilder(RAW, RAW)
        .setFullMethodName(name)
        .setType(type(method))
        .build();
  }

  private static MethodDescriptor.MethodType type(MethodDescriptorProto method) {
    if (method.getClientStreaming()) {
      return method.getServerStreaming()
          ? MethodDescriptor.MethodType.BIDI_STREAMING
          : MethodDescriptor.MethodType.CLIENT_STREAMING;
    }
    return method.getServerStreaming()
        ? MethodDescriptor.MethodType.SERVER_STREAMING
        : MethodDescriptor.MethodType.UNARY;
  }

  private static String capability(String service) {
    if (service.startsWith("beamline.")) {
      return "routing and providers";
    }
    if (service.startsWith("cordum.agent.") || service.endsWith("OutputPolicyService")) {
      return "governance";
    }
    if (service.startsWith("eigen")) {
      return service.endsWith("JobService") ? "jobs" : "the quantum stack";
    }
    if (service.endsWith("ContextEngine") || service.startsWith("mathison")) {
      return "memory and knowledge";
    }
    return "a later release";
  }

  static FileDescriptorSet descriptorSet() {
    try (InputStream in =
        Objects.requireNonNull(NotYetMethods.class.getResourceAsStream(DESCRIPTORS), DESCRIPTORS)) {
      return FileDescriptorSet.parseFrom(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the descriptor set is part of the wire module", e);
    }
  }
}
