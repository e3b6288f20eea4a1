package dev.reeve.providers;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.RequestOptions;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Asks the endpoint that a container finds its role at, as ECS and EKS have it. Safe on any
/// thread.
final class AwsContainerRole {
  private static final long TIMEOUT_MILLIS = 5_000;
  private static final long BYTES_MAX = 64 * 1024;

  private final WebClient client;
  private final String path;
  private final AwsAccess.Source.Token token;

  AwsContainerRole(AwsAccess.Source.Container source, ClientFactory factory) {
    URI address = source.address();
    String scheme = address.getScheme().equals("http") ? "h1c" : address.getScheme();
    this.client =
        WebClient.builder(scheme + "://" + address.getRawAuthority())
            .factory(factory)
            .maxResponseLength(BYTES_MAX)
            .build();
    String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    this.path = address.getRawPath() + query;
    this.token = source.token();
  }

  /// What it says now. Blocks on the disk where the token is in a file, on the network never.
  ///
  /// @return fails with [AwsCredentialKeeper.Missing], in safe words
  CompletableFuture<AwsCredentials> ask() {
    RequestHeadersBuilder headers = RequestHeaders.builder(HttpMethod.GET, path);
    String shown = token();
    if (!shown.isEmpty()) {
      headers.set(HttpHeaderNames.AUTHORIZATION, shown);
    }
    return client
        .execute(
            HttpRequest.of(headers.build()),
            RequestOptions.builder().responseTimeoutMillis(TIMEOUT_MILLIS).build())
        .aggregate()
        .handle(AwsContainerRole::read);
  }

  private String token() {
    if (token.file().isEmpty()) {
      return token.text();
    }
    Path file = token.file().get();
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new AwsCredentialKeeper.Missing("the token of the container cannot be read");
    }
  }

  private static AwsCredentials read(
      @Nullable AggregatedHttpResponse answer, @Nullable Throwable failure) {
    if (answer == null || failure != null) {
      throw new AwsCredentialKeeper.Missing("the endpoint of the container's role is silent");
    }
    return AwsRoleAnswer.read(answer, "the endpoint of the container's role");
  }
}
