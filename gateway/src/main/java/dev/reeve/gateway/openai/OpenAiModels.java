package dev.reeve.gateway.openai;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.wire.reeve.v1.ListModelsResponse;
import dev.reeve.wire.reeve.v1.Model;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the list of models, or one of them. Callbacks come one after the other.
final class OpenAiModels extends ClientCall.Listener<ListModelsResponse> {
  private final String wanted;
  private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
  private @Nullable ListModelsResponse response;

  /// @param wanted one model; empty for all
  OpenAiModels(String wanted) {
    this.wanted = wanted;
  }

  CompletableFuture<HttpResponse> answer() {
    return answer;
  }

  @Override
  public void onMessage(ListModelsResponse message) {
    response = message;
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    ListModelsResponse list = response;
    answer.complete(
        status.isOk() && list != null ? answer(list) : OpenAiErrors.answer(status, trailers));
  }

  private HttpResponse answer(ListModelsResponse list) {
    if (wanted.isEmpty()) {
      return json(
          list.getModelsList().stream()
              .map(OpenAiModels::document)
              .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}")));
    }
    return list.getModelsList().stream()
        .filter(model -> model.getId().equals(wanted))
        .findFirst()
        .map(model -> json(document(model)))
        .orElseGet(() ->
            OpenAiErrors.answer(
                404, "model", "no such model: " + wanted, OpenAiErrors.MODEL_NOT_FOUND));
  }

  private static String document(Model model) {
    return "{\"id\":"
        + JsonText.quote(model.getId())
        + ",\"object\":\"model\",\"created\":0,\"owned_by\":"
        + JsonText.quote(model.getProviderIds(0))
        + "}";
  }

  private static HttpResponse json(String body) {
    return HttpResponse.of(HttpStatus.OK, MediaType.JSON, body);
  }
}
