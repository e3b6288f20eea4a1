package dev.reeve.bench;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Unary calls by callback.
final class Calls {
  private Calls() {}

  /// Runs one when the answer is there, the other when there is none.
  static <R> StreamObserver<R> observer(Consumer<R> answered, Consumer<Throwable> failed) {
    return new StreamObserver<>() {
      @Override
      public void onNext(R answer) {
        answered.accept(answer);
      }

      @Override
      public void onError(Throwable thrown) {
        failed.accept(thrown);
      }

      @Override
      public void onCompleted() {}
    };
  }

  /// Makes the call and waits for its answer.
  static <Q, R> R await(BiConsumer<Q, StreamObserver<R>> method, Q request) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    method.accept(request, observer(answer::complete, answer::completeExceptionally));
    return answer.join();
  }
}
