package dev.reeve.conformance.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// Posts bytes as JSON, and reads metrics. A stream of answers is hung up on when it begins.
/// Thread-safe.
final class HttpSender implements AutoCloseable {
  private static final Duration CALL_MAX = Duration.ofSeconds(60);
  private static final int WORDS_MAX = 300;
  private static final String CALLS = "reeve_calls_total{code=\"";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String address;

  /// @param address `HOST:PORT`
  HttpSender(String address) {
    this.address = address;
  }

  CompletableFuture<Outcome> send(FuzzCase fuzz) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + address + "/" + fuzz.name()))
            .timeout(CALL_MAX)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(fuzz.messages().getFirst()));
    fuzz.headers().forEach(header -> request.header(header.getKey(), header.getValue()));
    return client
        .sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream())
        .handle((response, thrown) ->
            thrown == null ? read(fuzz, response) : new Outcome("NONE", thrown.toString()));
  }

  private static Outcome read(FuzzCase fuzz, HttpResponse<InputStream> response) {
    String code = "HTTP_" + response.statusCode();
    try (InputStream body = response.body()) {
      if (fuzz.isStreaming() && response.statusCode() == 200) {
        return new Outcome(code, "");
      }
      byte[] begin = body.readNBytes(WORDS_MAX);
      long _ = body.skip(Long.MAX_VALUE);
      return new Outcome(code, new String(begin, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return new Outcome("NONE", code + " " + e);
    }
  }

  /// Calls that the gate has counted as answered, by method.
  Map<String, Long> answered() {
    Map<String, Long> answered = new TreeMap<>();
    String page = get("/metrics");
    for (String line : page.split("\n", -1)) {
      if (line.startsWith(CALLS + "OK\"")) {
        String method = line.replaceAll(".*method=\"([^\"]*)\".*", "$1");
        answered.put(method, (long) Double.parseDouble(line.substring(line.indexOf('}') + 1)));
      }
    }
    return answered;
  }

  private String get(String path) {
    try {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://" + address + path))
                  .timeout(CALL_MAX)
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new IllegalStateException(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(path, e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
