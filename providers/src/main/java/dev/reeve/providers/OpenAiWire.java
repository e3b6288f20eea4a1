package dev.reeve.providers;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.ClientRequestContextCaptor;
import com.linecorp.armeria.client.Clients;
import com.linecorp.armeria.client.RequestOptions;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.SplitHttpResponse;
import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.provider.CancelSignal;
import dev.reeve.service.provider.ModelOpening;
import dev.reeve.service.provider.ModelOutcome;
import dev.reeve.service.provider.ModelRequest;
import dev.reeve.service.provider.ProviderErrorClass;
import dev.reeve.service.provider.ProviderFailure;
import dev.reeve.service.provider.Usage;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/// The protocol of the OpenAI API over HTTP/1.1 or HTTP/2: requests and answers pass as they are.
final class OpenAiWire implements SettledProvider.Wire {
  private static final long ANSWER_BYTES_MAX = 64L * 1024 * 1024;

  /// Larger answers are read off the event loop.
  private static final int INLINE_BYTES_MAX = 64 * 1024;

  private static final int ERROR_BYTES_MAX = 64 * 1024;
  private static final String AWS_SERVICE = "bedrock";
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final WebClient client;
  private final String basePath;
  private final ApiKey key;
  private final Optional<Signing> signing;
  private final String host;
  private final InstantSource clock;
  private final Executor blocking;

  /// Requests are signed in place of a key.
  private record Signing(AwsSignature signature, AwsCredentialKeeper keeper) {}

  /// @param blocking for what takes longer than an event loop may be held up
  /// @param factory connections, shared by all providers; closed by its owner
  OpenAiWire(
      ProviderSettings settings, ClientFactory factory, InstantSource clock, Executor blocking) {
    URI base = settings.baseUrl();
    String scheme = base.getScheme().equals("http") ? "h1c" : base.getScheme();
    this.client =
        WebClient.builder(scheme + "://" + base.getRawAuthority())
            .factory(factory)
            .maxResponseLength(ANSWER_BYTES_MAX)
            .build();
    String path = base.getRawPath();
    this.basePath = path.endsWith("/") ? path : path + "/";
    this.key = settings.key();
    this.signing =
        settings
            .aws()
            .map(access ->
                new Signing(
                    new AwsSignature(access.region(), AWS_SERVICE),
                    AwsCredentialKeeper.of(access.source(), factory, clock, blocking)));
    this.host = host(base);
    this.clock = clock;
    this.blocking = blocking;
  }

  /// As the header names it: a port only where it is not that of the scheme.
  private static String host(URI base) {
    int port = base.getPort();
    int usual = base.getScheme().equals("https") ? HTTPS_PORT : HTTP_PORT;
    return port < 0 || port == usual ? base.getHost() : base.getHost() + ":" + port;
  }

  @Override
  public CompletableFuture<ModelOutcome> invoke(ModelRequest request, CancelSignal cancel) {
    if (signing.isEmpty()) {
      return invoke(request, Map.of(), cancel);
    }
    return signed(signing.get(), request)
        .thenCompose(headers -> invoke(request, headers, cancel))
        .exceptionally(failure -> new ModelOutcome.Failed(WireFailures.of(failure, cancel)));
  }

  /// The headers of a signed request; fails where nobody could sign it.
  private CompletableFuture<Map<String, String>> signed(Signing signing, ModelRequest request) {
    return signing
        .keeper()
        .current()
        .thenApply(credentials ->
            signing
                .signature()
                .headers(
                    credentials,
                    "POST",
                    path(request),
                    Map.of("host", host),
                    request.body(),
                    clock.instant()));
  }

  private CompletableFuture<ModelOutcome> invoke(
      ModelRequest request, Map<String, String> signed, CancelSignal cancel) {
    HttpResponse response = send(request, signed, MediaType.JSON);
    Runnable forget = cancel.whenGiven(response::abort);
    return response
        .aggregate()
        .thenCompose(whole -> read(request, whole))
        .handle((outcome, failure) -> {
          forget.run();
          return failure == null
              ? outcome
              : new ModelOutcome.Failed(WireFailures.of(failure, cancel));
        });
  }

  private CompletableFuture<ModelOutcome> read(
      ModelRequest request, AggregatedHttpResponse response) {
    return response.content().length() > INLINE_BYTES_MAX
        ? CompletableFuture.supplyAsync(() -> answer(request, response), blocking)
        : CompletableFuture.completedFuture(answer(request, response));
  }

  private ModelOutcome answer(ModelRequest request, AggregatedHttpResponse response) {
    Bytes body = Bytes.wrap(response.content().array());
    if (response.status().code() >= 400) {
      return new ModelOutcome.Failed(refused(response.headers(), body));
    }
    Optional<JsonValue> document =
        response.status().code() == 200 ? JsonText.parse(body.utf8()) : Optional.empty();
    if (document.isEmpty() || !(document.get() instanceof JsonValue.Members)) {
      return new ModelOutcome.Failed(
          new ProviderFailure(
              ProviderErrorClass.SERVER_ERROR,
              response.status().code(),
              "no JSON object came back from " + request.operation().path(),
              false,
              Optional.empty(),
              Bytes.EMPTY));
    }
    return new ModelOutcome.Answered(
        body, OpenAiAnswers.usage(document.get()).orElse(Usage.UNKNOWN));
  }

  @Override
  public ModelOpening open(ModelRequest request, CancelSignal cancel) {
    Map<String, String> signed;
    try {
      signed = signing.isEmpty() ? Map.of() : signed(signing.get(), request).join();
    } catch (CompletionException e) {
      return new ModelOpening.Failed(WireFailures.of(e, cancel));
    }
    ClientRequestContext context;
    HttpResponse response;
    try (ClientRequestContextCaptor captor = Clients.newContextCaptor()) {
      response = send(request, signed, MediaType.EVENT_STREAM);
      context = captor.get();
    }
    Runnable forget = cancel.whenGiven(response::abort);
    boolean opened = false;
    try {
      SplitHttpResponse split = response.split();
      ResponseHeaders headers = split.headers().join();
      if (headers.status().code() != 200) {
        Bytes body = errorBody(split);
        return new ModelOpening.Failed(refused(headers, body));
      }
      MediaType type = headers.contentType();
      if (type == null || !type.is(MediaType.EVENT_STREAM)) {
        response.abort();
        return new ModelOpening.Failed(
            ProviderFailure.of(ProviderErrorClass.SERVER_ERROR, "no event stream came back"));
      }
      opened = true;
      return new ModelOpening.Opened(
          new OpenAiStream(
              context,
              response,
              split.body().toInputStream(data -> data),
              request.timeout(),
              cancel,
              forget));
    } catch (CompletionException e) {
      return new ModelOpening.Failed(WireFailures.of(e, cancel));
    } finally {
      if (!opened) {
        forget.run();
      }
    }
  }

  private static Bytes errorBody(SplitHttpResponse split) {
    StringBuilder text = new StringBuilder();
    for (HttpData data : split.body().collect().join()) {
      if (text.length() < ERROR_BYTES_MAX) {
        text.append(data.toStringUtf8());
      }
    }
    return Bytes.utf8(text.toString());
  }

  private ProviderFailure refused(ResponseHeaders headers, Bytes body) {
    int status = headers.status().code();
    if (status < 400) {
      return new ProviderFailure(
          ProviderErrorClass.SERVER_ERROR,
          status,
          "HTTP " + status,
          false,
          Optional.empty(),
          Bytes.EMPTY);
    }
    return OpenAiErrors.of(
        status, headers.get(HttpHeaderNames.RETRY_AFTER, ""), body, clock.instant());
  }

  private String path(ModelRequest request) {
    return basePath + request.operation().path();
  }

  private HttpResponse send(ModelRequest request, Map<String, String> signed, MediaType accept) {
    RequestHeadersBuilder headers =
        RequestHeaders.builder(HttpMethod.POST, path(request))
            .contentType(MediaType.JSON)
            .set(HttpHeaderNames.ACCEPT, accept.toString());
    if (key.isPresent()) {
      headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + key.reveal());
    }
    signed.forEach(headers::set);
    return client.execute(
        HttpRequest.of(headers.build(), HttpData.wrap(request.body().unsafeArray())),
        RequestOptions.builder().responseTimeoutMillis(millis(request.timeout())).build());
  }

  private static long millis(Duration timeout) {
    return Math.max(1, timeout.toMillis());
  }

  @Override
  public void close() {
    // The connections belong to the factory.
  }
}
