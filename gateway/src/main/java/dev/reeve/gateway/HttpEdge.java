package dev.reeve.gateway;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.reeve.base.Problem;
import dev.reeve.base.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Sends an HTTP request to whatever serves its path: `/healthz`, `/metrics`, or a method.
final class HttpEdge implements HttpService {
  private static final int METHOD_NOT_ALLOWED = 405;

  /// What is served at a path of its own, to whoever reads.
  private interface Page {
    HttpResponse serve(ServiceRequestContext context, HttpRequest request);
  }

  private final BrowserGuard guard;
  private final HttpDoor door;
  private final HealthPage health;
  private final MetricsPage metrics;
  private final Map<String, Page> pages;
  private final Map<String, JsonMethod> methods;
  private final JsonCalls calls;
  private final List<HttpApi> apis;
  private final GenomeHeaders genome;

  /// @param methods by full method name
  HttpEdge(
      BrowserGuard guard,
      HttpDoor door,
      HealthPage health,
      MetricsPage metrics,
      Map<String, JsonMethod> methods,
      JsonCalls calls,
      List<HttpApi> apis,
      GenomeHeaders genome) {
    this.guard = guard;
    this.door = door;
    this.health = health;
    this.metrics = metrics;
    this.pages = Map.of("/healthz", this::health, "/metrics", this::metrics);
    this.methods = Map.copyOf(methods);
    this.calls = calls;
    this.apis = List.copyOf(apis);
    this.genome = genome;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    Optional<Problem> refusal = guard.check(request.headers());
    if (refusal.isPresent()) {
      return HttpReplies.problem(refusal.get());
    }
    Page page = pages.get(context.path());
    if (page == null) {
      return call(context, request).mapHeaders(genome::on);
    }
    return isRead(request) ? page.serve(context, request) : onlyWith(request, "GET");
  }

  /// Strangers hear whether it serves, and not of its parts.
  private HttpResponse health(ServiceRequestContext context, HttpRequest request) {
    return health.serve(door.mayMonitor(context, request.headers()));
  }

  private HttpResponse metrics(ServiceRequestContext context, HttpRequest request) {
    return door.metricsRefusal(context, request.headers())
        .map(HttpReplies::problem)
        .orElseGet(() -> metrics.serve(request));
  }

  /// Every path that is served.
  Set<String> paths() {
    Set<String> paths = new HashSet<>(pages.keySet());
    methods.keySet().forEach(method -> paths.add("/" + method));
    apis.forEach(api -> paths.addAll(api.methods().keySet()));
    return paths;
  }

  private HttpResponse call(ServiceRequestContext context, HttpRequest request) {
    String name = context.path().substring(1);
    JsonMethod method = methods.get(name);
    if (method == null) {
      return byPath(context, request);
    }
    Optional<Problem> refusal = door.refusal(context, request.headers(), Optional.of(name));
    if (refusal.isPresent()) {
      return HttpReplies.problem(refusal.get());
    }
    return request.method() == HttpMethod.POST
        ? calls.serve(context, request, method)
        : onlyWith(request, "POST");
  }

  private HttpResponse byPath(ServiceRequestContext context, HttpRequest request) {
    for (HttpApi api : apis) {
      if (api.serves(context.path())) {
        Optional<String> method = Optional.ofNullable(api.methods().get(context.path()));
        return door.refusal(context, request.headers(), method)
            .map(api::refuse)
            .orElseGet(() -> api.serve(context, request));
      }
    }
    return HttpReplies.problem(notFound(context.path()));
  }

  private Problem notFound(String path) {
    String nearest = Text.nearest(path.substring(1), methods.keySet());
    return GatewayProblems.ROUTE_NOT_FOUND.because(
        "path: "
            + Text.quoteForMessage(path)
            + (nearest.isEmpty()
                ? " (expected: /PACKAGE.SERVICE/METHOD, /healthz or /metrics)"
                : " (expected: did you mean \"/" + nearest + "\"?)"));
  }

  private static boolean isRead(HttpRequest request) {
    return request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
  }

  private static HttpResponse onlyWith(HttpRequest request, String allowed) {
    Problem problem =
        GatewayProblems.HTTP_METHOD_REFUSED.because(
            "method: " + request.method() + " (expected: " + allowed + ")");
    return HttpReplies.problem(METHOD_NOT_ALLOWED, problem)
        .mapHeaders(headers -> headers.toBuilder().set("allow", allowed).build());
  }
}
