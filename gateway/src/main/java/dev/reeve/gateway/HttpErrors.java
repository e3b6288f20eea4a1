package dev.reeve.gateway;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.reeve.base.Problem;
import dev.reeve.service.ServiceProblems;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes problem+json of what the HTTP server itself refuses, and of defects of ours.
final class HttpErrors implements ServerErrorHandler {
  private static final Logger log = LoggerFactory.getLogger(HttpErrors.class);
  private static final int SERVER_ERROR = 500;

  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
    return null;
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext context,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    boolean ours = status.code() == SERVER_ERROR;
    if (ours) {
      log.error("HTTP request failed", cause);
    }
    Problem problem =
        ours
            ? ServiceProblems.INTERNAL.because("internal error")
            : GatewayProblems.HTTP_REFUSED.because(status.toString());
    com.google.rpc.Status details = Statuses.proto(problem, ProblemTable.OWN);
    return AggregatedHttpResponse.of(
        HttpReplies.problemHeaders(status.code(), details),
        HttpReplies.problemBody(status.code(), details));
  }
}
