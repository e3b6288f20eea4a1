package dev.reeve.gateway;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpResponse;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Waits for the one response of a call and makes the HTTP answer of it. Callbacks come one after
/// the other.
final class UnaryAnswer extends ClientCall.Listener<Message> {
  private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
  private @Nullable Message response;

  CompletableFuture<HttpResponse> answer() {
    return answer;
  }

  @Override
  public void onMessage(Message message) {
    response = message;
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    Message message = response;
    if (status.isOk() && message != null) {
      answer.complete(HttpReplies.json(200, ProtoJsonWriter.write(message), trailers));
    } else {
      com.google.rpc.Status problem = ProblemJson.status(status, trailers);
      int httpStatus = ProblemJson.httpStatus(ProblemJson.code(problem));
      answer.complete(HttpReplies.problem(httpStatus, problem, trailers));
    }
  }
}
