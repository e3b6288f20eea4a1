package dev.reeve.providers;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.RequestOptions;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Asks the metadata of an EC2 instance for its role, by version 2 of their protocol alone: a token
/// first, then the name of the role, then its keys. Each takes a second at most, for where there
/// are no metadata nobody answers. Safe on any thread; does not block.
final class AwsInstanceRole {
  private static final long TIMEOUT_MILLIS = 1_000;
  private static final long BYTES_MAX = 64 * 1024;
  private static final String TOKEN_PATH = "/latest/api/token";
  private static final String ROLES_PATH = "/latest/meta-data/iam/security-credentials/";
  private static final String TOKEN_SECONDS = "60";
  private static final Pattern TOKEN = Pattern.compile("[!-~]{1,1024}");

  /// Names of roles as IAM has them.
  private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9+=,.@_-]{1,128}");

  private final WebClient client;

  AwsInstanceRole(URI address, ClientFactory factory) {
    String scheme = address.getScheme().equals("http") ? "h1c" : address.getScheme();
    client =
        WebClient.builder(scheme + "://" + address.getRawAuthority())
            .factory(factory)
            .maxResponseLength(BYTES_MAX)
            .build();
  }

  /// What they say now.
  ///
  /// @return fails with [AwsCredentialKeeper.Missing], in safe words
  CompletableFuture<AwsCredentials> ask() {
    return text(
            RequestHeaders.of(
                HttpMethod.PUT, TOKEN_PATH, "x-aws-ec2-metadata-token-ttl-seconds", TOKEN_SECONDS),
            TOKEN,
            "token")
        .thenCompose(this::credentials);
  }

  private CompletableFuture<AwsCredentials> credentials(String token) {
    return text(get(ROLES_PATH, token), ROLE, "role")
        .thenCompose(role -> answer(get(ROLES_PATH + role, token)))
        .thenApply(answer -> AwsRoleAnswer.read(answer, "the metadata of the instance"));
  }

  private static RequestHeaders get(String path, String token) {
    return RequestHeaders.of(HttpMethod.GET, path, "x-aws-ec2-metadata-token", token);
  }

  /// An answer of one word.
  private CompletableFuture<String> text(RequestHeaders asked, Pattern shape, String what) {
    return answer(asked)
        .thenApply(answer -> {
          String text = answer.contentUtf8().lines().findFirst().orElse("").strip();
          if (!answer.status().equals(HttpStatus.OK) || !shape.matcher(text).matches()) {
            throw new AwsCredentialKeeper.Missing(
                "the metadata of the instance give no "
                    + what
                    + " (HTTP "
                    + answer.status().code()
                    + ")");
          }
          return text;
        });
  }

  private CompletableFuture<AggregatedHttpResponse> answer(RequestHeaders asked) {
    return client
        .execute(
            HttpRequest.of(asked),
            RequestOptions.builder().responseTimeoutMillis(TIMEOUT_MILLIS).build())
        .aggregate()
        .orTimeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .exceptionallyCompose(_ ->
            CompletableFuture.failedFuture(
                new AwsCredentialKeeper.Missing("the metadata of the instance are silent")));
  }
}
