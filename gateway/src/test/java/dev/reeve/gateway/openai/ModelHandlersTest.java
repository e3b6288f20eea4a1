package dev.reeve.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.ModelFixture;
import dev.reeve.gateway.ProblemTable;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.ServedTenants;
import dev.reeve.gateway.provider.EchoProvider;
import dev.reeve.service.provider.ProviderDirectory;
import dev.reeve.wire.reeve.v1.ChatRequest;
import dev.reeve.wire.reeve.v1.ChatResponse;
import dev.reeve.wire.reeve.v1.ModelCall;
import dev.reeve.wire.reeve.v1.ModelServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a caller hears when an answer is there but cannot be given out.
class ModelHandlersTest {
  private static final String POLICY =
      """
      version: "1"
      default_decision: allow
      """;

  private final GatewayFixture gateway =
      GatewayFixture.startUnder(POLICY, (services, _) -> List.of(ModelFixture.dialect(services)));

  @AfterEach
  void close() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void an_answer_that_cannot_be_given_out_ends_the_call(boolean streams) throws Exception {
    ProviderDirectory providers = new ProviderDirectory(List.of(new EchoProvider()));
    ModelHandlers handlers =
        new ModelHandlers(
            ModelFixture.calls(gateway.services(), providers),
            providers,
            ServedTenants.ALL,
            gateway.services().blocking(),
            new Replies(ProblemTable.OWN));
    String method = ModelServiceGrpc.getChatMethod().getFullMethodName();
    Jammed caller = new Jammed();

    ModelFixture.inCall(
        Objects.requireNonNull(OpenAiDialect.actions().get(method)),
        method,
        () -> handlers.chat(request(streams), caller));

    Status heard = Status.fromThrowable(caller.failure.get(10, TimeUnit.SECONDS));
    assertThat(heard.getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(heard.getDescription()).doesNotContain("planned");
  }

  private static ChatRequest request(boolean streams) {
    String body =
        "{\"model\":\"m\",\"stream\":"
            + streams
            + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    return ChatRequest.newBuilder()
        .setCall(ModelCall.newBuilder().setBody(ByteString.copyFromUtf8(body)))
        .build();
  }

  /// A connection that takes no message, for a reason that nobody foresaw.
  private static final class Jammed extends ServerCallStreamObserver<ChatResponse> {
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    @Override
    public void onNext(ChatResponse message) {
      throw new IllegalStateException("planned");
    }

    @Override
    public void onError(Throwable told) {
      failure.complete(told);
    }

    @Override
    public void onCompleted() {
      failure.complete(new AssertionError("the call ended well"));
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
      // Nobody goes away.
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
      // Always ready.
    }

    @Override
    public void setCompression(String compression) {
      // Plain.
    }

    @Override
    public void setMessageCompression(boolean enable) {
      // Plain.
    }

    @Override
    public void disableAutoInboundFlowControl() {
      // One message, and it is there.
    }

    @Override
    public void request(int count) {
      // One message, and it is there.
    }
  }
}
