package dev.reeve.providers;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The HTTP of a library. In place of the library's own one because that one forgets the headers of
/// a refusal, and with them when to ask again. Sends text alone. Safe on any thread.
final class LibraryHttp implements HttpClient {
  private static final int REFUSAL_BYTES_MAX = 64 * 1024;

  private final java.net.http.HttpClient client;
  private final Duration timeout;

  private LibraryHttp(java.net.http.HttpClient client, Duration timeout) {
    this.client = client;
    this.timeout = timeout;
  }

  /// What a refusal says beyond its status.
  static final class Refused extends HttpException {
    private static final long serialVersionUID = 1;

    private final String retryAfter;

    private Refused(int status, String body, String retryAfter) {
      super(status, body);
      this.retryAfter = retryAfter;
    }

    /// The header `retry-after`; empty when there is none.
    String retryAfter() {
      return retryAfter;
    }
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer =
          client.send(sendable(request), HttpResponse.BodyHandlers.ofByteArray());
      if (isRefused(answer)) {
        throw refused(answer, new String(answer.body(), StandardCharsets.UTF_8));
      }
      return accepted(answer).body(answer.body()).build();
    } catch (HttpTimeoutException e) {
      throw new TimeoutException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    CompletableFuture<?> _ =
        client
            .sendAsync(sendable(request), HttpResponse.BodyHandlers.ofInputStream())
            .thenAccept(answer -> read(answer, parser, listener))
            .exceptionally(failure -> {
              listener.onError(
                  failure.getCause() instanceof HttpTimeoutException late
                      ? new TimeoutException(late)
                      : failure);
              return null;
            });
  }

  private static void read(
      HttpResponse<InputStream> answer,
      ServerSentEventParser parser,
      ServerSentEventListener listener) {
    try (InputStream body = answer.body()) {
      if (isRefused(answer)) {
        String text = new String(body.readNBytes(REFUSAL_BYTES_MAX), StandardCharsets.UTF_8);
        listener.onError(refused(answer, text));
        return;
      }
      listener.onOpen(accepted(answer).build());
      parser.parse(body, listener);
      listener.onClose();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private java.net.http.HttpRequest sendable(HttpRequest request) {
    java.net.http.HttpRequest.Builder out =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url())).timeout(timeout);
    request.headers().forEach((name, values) -> values.forEach(value -> out.header(name, value)));
    @Nullable String body = request.body();
    return out.method(
            request.method().name(),
            body == null
                ? java.net.http.HttpRequest.BodyPublishers.noBody()
                : java.net.http.HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static boolean isRefused(HttpResponse<?> answer) {
    return answer.statusCode() < 200 || answer.statusCode() >= 300;
  }

  private static Refused refused(HttpResponse<?> answer, String body) {
    String wait = answer.headers().firstValue("retry-after").orElse("");
    return new Refused(answer.statusCode(), body, wait);
  }

  private static SuccessfulHttpResponse.Builder accepted(HttpResponse<?> answer) {
    return SuccessfulHttpResponse.builder()
        .statusCode(answer.statusCode())
        .headers(answer.headers().map());
  }

  /// Settings as the library gives them.
  static final class Builder implements HttpClientBuilder {
    private Duration connect = Duration.ofSeconds(5);
    private Duration read = Duration.ofSeconds(60);

    @Override
    public Duration connectTimeout() {
      return connect;
    }

    @Override
    public HttpClientBuilder connectTimeout(@Nullable Duration timeout) {
      connect = timeout == null ? connect : timeout;
      return this;
    }

    @Override
    public Duration readTimeout() {
      return read;
    }

    @Override
    public HttpClientBuilder readTimeout(@Nullable Duration timeout) {
      read = timeout == null ? read : timeout;
      return this;
    }

    @Override
    public HttpClient build() {
      return new LibraryHttp(
          java.net.http.HttpClient.newBuilder()
              .version(java.net.http.HttpClient.Version.HTTP_1_1)
              .connectTimeout(connect)
              .build(),
          read);
    }
  }
}
