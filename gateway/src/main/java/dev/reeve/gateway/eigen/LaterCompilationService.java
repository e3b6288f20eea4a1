package dev.reeve.gateway.eigen;

import dev.reeve.gateway.Replies;
import dev.reeve.wire.eigen.api.v1.CompilationServiceGrpc;
import dev.reeve.wire.eigen.api.v1.CompileCircuitRequest;
import dev.reeve.wire.eigen.api.v1.CompileCircuitResponse;
import dev.reeve.wire.eigen.api.v1.CompileJobRequest;
import dev.reeve.wire.eigen.api.v1.CompileJobResponse;
import dev.reeve.wire.eigen.api.v1.OptimizeCircuitRequest;
import dev.reeve.wire.eigen.api.v1.OptimizeCircuitResponse;
import dev.reeve.wire.eigen.api.v1.ValidateCircuitRequest;
import dev.reeve.wire.eigen.api.v1.ValidateCircuitResponse;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;

/// `eigen.api.v1.CompilationService`.
final class LaterCompilationService implements CompilationServiceGrpc.AsyncService {
  private final PublicCompilation compilation;
  private final Replies replies;

  LaterCompilationService(PublicCompilation compilation, Replies replies) {
    this.compilation = compilation;
    this.replies = replies;
  }

  @Override
  public void compileCircuit(
      CompileCircuitRequest request, StreamObserver<CompileCircuitResponse> observer) {
    replies.reply(observer, () -> compilation.compile(request), Function.identity());
  }

  @Override
  public void compileJob(CompileJobRequest request, StreamObserver<CompileJobResponse> observer) {
    replies.reply(observer, () -> compilation.compileJob(request), Function.identity());
  }

  @Override
  public void optimizeCircuit(
      OptimizeCircuitRequest request, StreamObserver<OptimizeCircuitResponse> observer) {
    replies.reply(observer, () -> compilation.optimize(request), Function.identity());
  }

  @Override
  public void validateCircuit(
      ValidateCircuitRequest request, StreamObserver<ValidateCircuitResponse> observer) {
    replies.reply(observer, () -> compilation.validate(request), Function.identity());
  }
}
