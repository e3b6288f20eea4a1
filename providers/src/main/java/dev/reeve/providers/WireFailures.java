package dev.reeve.providers;

import com.linecorp.armeria.client.ResponseTimeoutException;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.common.ContentTooLargeException;
import dev.reeve.base.Bytes;
import dev.reeve.service.provider.CancelSignal;
import dev.reeve.service.provider.ProviderErrorClass;
import dev.reeve.service.provider.ProviderFailure;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Names what goes wrong on a connection. Messages are ours: those of libraries may hold addresses
/// with credentials.
final class WireFailures {
  private static final int CAUSES_MAX = 16;

  private WireFailures() {}

  static ProviderFailure of(Throwable failure, CancelSignal cancel) {
    if (cancel.isGiven()) {
      return ProviderFailure.of(ProviderErrorClass.CANCELLED, "the caller went away");
    }
    Optional<String> keyless = missing(failure);
    if (keyless.isPresent()) {
      return new ProviderFailure(
          ProviderErrorClass.KEY_MISSING,
          0,
          "no credentials: " + keyless.get(),
          true,
          Optional.empty(),
          Bytes.EMPTY);
    }
    boolean unprocessed = has(failure, UnprocessedRequestException.class);
    if (has(failure, ResponseTimeoutException.class)
        || has(failure, java.net.SocketTimeoutException.class)
        || has(failure, java.net.http.HttpTimeoutException.class)) {
      return ProviderFailure.of(ProviderErrorClass.TIMEOUT, "no answer in time");
    }
    if (has(failure, ContentTooLargeException.class)) {
      return ProviderFailure.of(ProviderErrorClass.SERVER_ERROR, "the answer is too long");
    }
    String what =
        has(failure, UnknownHostException.class)
            ? "the host has no address"
            : has(failure, ConnectException.class) ? "no connection" : "the connection broke";
    return new ProviderFailure(
        ProviderErrorClass.CONNECTION_ERROR,
        0,
        what,
        unprocessed || has(failure, ConnectException.class),
        Optional.empty(),
        Bytes.EMPTY);
  }

  /// Why there were no credentials to sign by; empty where that is not what went wrong.
  private static Optional<String> missing(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof AwsCredentialKeeper.Missing
        ? Optional.of(String.valueOf(cause.getMessage()))
        : Optional.empty();
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    @Nullable Throwable at = failure;
    for (int i = 0; i < CAUSES_MAX && at != null; i++) {
      if (type.isInstance(at)) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }
}
