package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.policy.PolicyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Fetches what a policy address holds, within limits: 2 MiB, one time limit for the whole, five
/// redirects, each looked at like the first address. Blocks; for one thread at a time.
final class PolicyFetch {
  static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int REDIRECTS_MAX = 5;
  private static final int OK = 200;

  private final PolicyUrl url;
  private final Duration timeout;
  private final HttpClient client;

  /// @param timeout for all that one address takes, redirects included
  PolicyFetch(PolicyUrl url, Duration timeout) {
    this.url = url;
    this.timeout = timeout;
    client =
        HttpClient.newBuilder()
            // Asking a server without TLS for HTTP/2 may stall this client behind the 101.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /// What is at an address now.
  ///
  /// @throws IOException saying why it cannot be had
  Bytes get(URI address) throws IOException {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    URI next = address;
    for (int redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
      check(next);
      HttpResponse<byte[]> response = send(next, deadlineNanos);
      if (!isRedirect(response.statusCode())) {
        if (response.statusCode() != OK) {
          throw new IOException(PolicyUrl.shown(next) + ": HTTP status " + response.statusCode());
        }
        return Bytes.wrap(response.body());
      }
      next = target(next, response.headers());
    }
    throw new IOException(PolicyUrl.shown(address) + ": more than " + REDIRECTS_MAX + " redirects");
  }

  /// The addresses of a name are those that the connection is then made to: the runtime remembers
  /// them for longer than it takes.
  private void check(URI address) throws IOException {
    String scheme = PolicyUrl.scheme(address);
    String host = address.getHost();
    if (scheme.isEmpty() || host == null || address.getRawUserInfo() != null) {
      throw new IOException(
          PolicyUrl.shown(address) + ": no address to fetch from (expected: https://HOST/PATH)");
    }
    if (!url.hosts().isEmpty() && !url.hosts().contains(host.toLowerCase(Locale.ROOT))) {
      throw new IOException(
          PolicyUrl.shown(address) + ": host " + host + " is not one of policy.url_hosts");
    }
    boolean plain = scheme.equals("http");
    for (InetAddress one : resolve(host)) {
      boolean isPrivate = PrivateAddress.is(one);
      if (isPrivate && !url.privateHosts()) {
        throw new IOException(
            PolicyUrl.shown(address)
                + ": "
                + host
                + " is a private address (expected: policy.url_private on)");
      }
      if (plain && !isPrivate) {
        throw new IOException(PolicyUrl.shown(address) + ": not encrypted (expected: https)");
      }
    }
  }

  private static InetAddress[] resolve(String host) throws IOException {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new IOException(host + ": no such host", e);
    }
  }

  private HttpResponse<byte[]> send(URI address, long deadlineNanos) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address).timeout(timeout).header("accept", "*/*").GET().build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), PolicyFile.SIZE_MAX));
    try {
      return answer.get(Math.max(1, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw tooSlow(address, e);
    } catch (ExecutionException e) {
      // The client's own limits end at about the same time as ours: whichever is first.
      throw e.getCause() instanceof HttpTimeoutException late
          ? tooSlow(address, late)
          : new IOException(PolicyUrl.shown(address) + ": " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(PolicyUrl.shown(address) + ": the server stops", e);
    } finally {
      boolean _ = answer.cancel(true);
    }
  }

  private IOException tooSlow(URI address, Exception cause) {
    return new IOException(
        PolicyUrl.shown(address) + ": no answer within " + timeout.toMillis() + " ms", cause);
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static URI target(URI from, HttpHeaders headers) throws IOException {
    String location =
        headers
            .firstValue("location")
            .orElseThrow(() -> new IOException(PolicyUrl.shown(from) + ": a redirect to nowhere"));
    try {
      return from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException(PolicyUrl.shown(from) + ": a redirect to no address", e);
    }
  }
}
