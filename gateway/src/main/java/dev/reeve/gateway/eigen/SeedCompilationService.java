package dev.reeve.gateway.eigen;

import static dev.reeve.gateway.eigen.PublicCodec.as;

import dev.reeve.gateway.Replies;
import dev.reeve.wire.eigen_api.v1.CompilationServiceGrpc;
import dev.reeve.wire.eigen_api.v1.CompileCircuitRequest;
import dev.reeve.wire.eigen_api.v1.CompileCircuitResponse;
import dev.reeve.wire.eigen_api.v1.CompileJobRequest;
import dev.reeve.wire.eigen_api.v1.CompileJobResponse;
import dev.reeve.wire.eigen_api.v1.OptimizeCircuitRequest;
import dev.reeve.wire.eigen_api.v1.OptimizeCircuitResponse;
import dev.reeve.wire.eigen_api.v1.ValidateCircuitRequest;
import dev.reeve.wire.eigen_api.v1.ValidateCircuitResponse;
import io.grpc.stub.StreamObserver;

/// `eigen_api.v1.CompilationService`, the names of the first RFC.
final class SeedCompilationService implements CompilationServiceGrpc.AsyncService {
  private final PublicCompilation compilation;
  private final Replies replies;

  SeedCompilationService(PublicCompilation compilation, Replies replies) {
    this.compilation = compilation;
    this.replies = replies;
  }

  @Override
  public void compileCircuit(
      CompileCircuitRequest request, StreamObserver<CompileCircuitResponse> observer) {
    replies.reply(
        observer,
        () ->
            compilation.compile(
                as(request, dev.reeve.wire.eigen.api.v1.CompileCircuitRequest.parser())),
        response -> as(response, CompileCircuitResponse.parser()));
  }

  @Override
  public void compileJob(CompileJobRequest request, StreamObserver<CompileJobResponse> observer) {
    replies.reply(
        observer,
        () ->
            compilation.compileJob(
                as(request, dev.reeve.wire.eigen.api.v1.CompileJobRequest.parser())),
        response -> as(response, CompileJobResponse.parser()));
  }

  @Override
  public void optimizeCircuit(
      OptimizeCircuitRequest request, StreamObserver<OptimizeCircuitResponse> observer) {
    replies.reply(
        observer,
        () ->
            compilation.optimize(
                as(request, dev.reeve.wire.eigen.api.v1.OptimizeCircuitRequest.parser())),
        response -> as(response, OptimizeCircuitResponse.parser()));
  }

  @Override
  public void validateCircuit(
      ValidateCircuitRequest request, StreamObserver<ValidateCircuitResponse> observer) {
    replies.reply(
        observer,
        () ->
            compilation.validate(
                as(request, dev.reeve.wire.eigen.api.v1.ValidateCircuitRequest.parser())),
        response -> as(response, ValidateCircuitResponse.parser()));
  }
}
