package dev.reeve.gateway.eigen;

import static dev.reeve.gateway.eigen.PublicCodec.as;

import com.google.protobuf.Message;
import dev.reeve.gateway.Replies;
import dev.reeve.wire.eigen.api.v1.CompileCircuitRequest;
import dev.reeve.wire.eigen.api.v1.CompileJobRequest;
import dev.reeve.wire.eigen.api.v1.OptimizeCircuitRequest;
import dev.reeve.wire.eigen.api.v1.ValidateCircuitRequest;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCalls;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/// `CompilationService` under its other names, that of the first RFC and the internal one: the
/// messages have the fields of the public one's.
final class RenamedCompilation {
  /// A call of the public service with a message of another name.
  private interface Call {
    CompletableFuture<? extends Message> ask(Message request);
  }

  private final Map<String, Call> calls;
  private final Replies replies;

  RenamedCompilation(PublicCompilation compilation, Replies replies) {
    this.replies = replies;
    calls =
        Map.of(
            "CompileCircuit",
            request -> compilation.compile(as(request, CompileCircuitRequest.parser())),
            "CompileJob",
            request -> compilation.compileJob(as(request, CompileJobRequest.parser())),
            "OptimizeCircuit",
            request -> compilation.optimize(as(request, OptimizeCircuitRequest.parser())),
            "ValidateCircuit",
            request -> compilation.validate(as(request, ValidateCircuitRequest.parser())));
  }

  /// The service of one of these names.
  ServerServiceDefinition named(ServiceDescriptor name) {
    ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(name);
    name.getMethods().forEach(method -> add(service, method));
    return service.build();
  }

  private <Q, R> void add(ServerServiceDefinition.Builder service, MethodDescriptor<Q, R> method) {
    Call call =
        Objects.requireNonNull(calls.get(method.getBareMethodName()), method.getFullMethodName());
    service.addMethod(
        method,
        ServerCalls.asyncUnaryCall((request, observer) ->
            replies.reply(
                observer,
                () -> call.ask((Message) request),
                answer -> method.parseResponse(answer.toByteString().newInput()))));
  }
}
