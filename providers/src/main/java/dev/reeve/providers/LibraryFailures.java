package dev.reeve.providers;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.reeve.base.Bytes;
import dev.reeve.service.provider.CancelSignal;
import dev.reeve.service.provider.ProviderErrorClass;
import dev.reeve.service.provider.ProviderFailure;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Names what a library throws. Its messages hold answers of others and stay inside.
final class LibraryFailures {
  private LibraryFailures() {}

  /// @param now for a time that the provider says to wait until
  static ProviderFailure of(Throwable failure, CancelSignal cancel, Instant now) {
    if (cancel.isGiven()) {
      return ProviderFailure.of(ProviderErrorClass.CANCELLED, "the caller went away");
    }
    int status = status(failure);
    ProviderFailure named =
        switch (failure) {
          case RateLimitException _ -> failed(ProviderErrorClass.RATE_LIMITED, status, true);
          case AuthenticationException _ -> failed(ProviderErrorClass.UNAUTHORIZED, status, true);
          case TimeoutException _ -> failed(ProviderErrorClass.TIMEOUT, status, false);
          case ContentFilteredException _ ->
              failed(ProviderErrorClass.CONTENT_POLICY, status, true);
          case ModelNotFoundException _ -> failed(ProviderErrorClass.REFUSED, status, true);
          case InvalidRequestException _ ->
              failed(
                  isTooLong(failure)
                      ? ProviderErrorClass.CONTEXT_WINDOW
                      : ProviderErrorClass.REFUSED,
                  status,
                  true);
          case InternalServerException _ ->
              failed(ProviderErrorClass.SERVER_ERROR, status, status == 503 || status == 529);
          default -> WireFailures.of(failure, cancel);
        };
    return failure.getCause() instanceof LibraryHttp.Refused refused
        ? named.withRetryAfter(OpenAiErrors.wait(refused.retryAfter(), now))
        : named;
  }

  private static boolean isTooLong(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("prompt is too long") || message.contains("context window");
  }

  private static int status(Throwable failure) {
    return failure.getCause() instanceof HttpException http ? http.statusCode() : 0;
  }

  private static ProviderFailure failed(
      ProviderErrorClass errorClass, int status, boolean notBegun) {
    return new ProviderFailure(
        errorClass,
        status,
        status == 0 ? errorClass.status() : "HTTP " + status,
        notBegun,
        Optional.empty(),
        Bytes.EMPTY);
  }
}
