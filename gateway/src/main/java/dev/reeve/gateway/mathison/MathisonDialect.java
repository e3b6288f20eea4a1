package dev.reeve.gateway.mathison;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.gateway.Dialect;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.Replies;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.RegisteredAction.Mode;
import dev.reeve.wire.mathison.JobRunRequest;
import dev.reeve.wire.mathison.MathisonServiceGrpc;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Mathison API: its job methods, and the registered action of each. The other methods of the
/// service are not registered, so that they answer as not built yet.
public final class MathisonDialect {
  private static final Map<String, RegisteredAction> ACTIONS =
      Map.of(
          MathisonServiceGrpc.getRunJobMethod().getFullMethodName(),
          RegisteredAction.write("action:job:run", Mode.BLOCKING),
          MathisonServiceGrpc.getGetJobStatusMethod().getFullMethodName(),
          RegisteredAction.read("action:job:status", Mode.BLOCKING),
          MathisonServiceGrpc.getStreamJobStatusMethod().getFullMethodName(),
          RegisteredAction.read("action:job:stream_status", Mode.BLOCKING));

  private MathisonDialect() {}

  /// The registered action of each method, by full method name.
  public static Map<String, RegisteredAction> actions() {
    return ACTIONS;
  }

  /// What the handler of a method would refuse in a request that the gate let pass; empty when it
  /// would not, and of methods of other dialects.
  ///
  /// @param request the bytes of its message
  public static Optional<Problem> malformed(String method, Bytes request) {
    if (!method.equals(MathisonServiceGrpc.getRunJobMethod().getFullMethodName())) {
      return Optional.empty();
    }
    try {
      MathisonDecoder.check(JobRunRequest.parseFrom(request.toArray()));
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e.problem());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the bytes were written from the same message", e);
    }
  }

  /// Makes the dialect: its services, and the registered action of each method.
  public static Dialect create(GatewayServices services) {
    ServerServiceDefinition all =
        new MathisonHandlers(services, new Replies(MathisonProblems.TABLE), MathisonProfile.V1)
            .bindService();
    ServiceDescriptor whole = all.getServiceDescriptor();
    ServiceDescriptor.Builder part =
        ServiceDescriptor.newBuilder(whole.getName())
            .setSchemaDescriptor(whole.getSchemaDescriptor());
    whole.getMethods().stream()
        .filter(method -> ACTIONS.containsKey(method.getFullMethodName()))
        .forEach(part::addMethod);
    ServerServiceDefinition.Builder served = ServerServiceDefinition.builder(part.build());
    ACTIONS.keySet().forEach(method -> served.addMethod(all.getMethod(method)));
    return new Dialect(
        MathisonProfile.V1.dialect(),
        List.of(served.build()),
        List.of(),
        ACTIONS,
        MathisonProblems.TABLE);
  }
}
