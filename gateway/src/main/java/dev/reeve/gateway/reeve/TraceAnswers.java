package dev.reeve.gateway.reeve;

import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.TenantChoice;
import dev.reeve.gateway.TraceIds;
import dev.reeve.service.Caller;
import dev.reeve.service.ReadTrace;
import dev.reeve.wire.reeve.v1.GetTraceRequest;
import dev.reeve.wire.reeve.v1.GetTraceResponse;
import dev.reeve.wire.reeve.v1.TracedJob;

/// Answers which jobs belong to a trace. Blocks.
final class TraceAnswers {
  private static final int PAGE_SIZE_MAX = 100;

  private final ReadTrace traces;

  TraceAnswers(ReadTrace traces) {
    this.traces = traces;
  }

  GetTraceResponse answer(Caller anyTenant, GetTraceRequest request) {
    Caller caller = TenantChoice.of(anyTenant, "tenant", request.getTenant());
    FieldChecks fields = new FieldChecks(GatewayProblems.REQUEST_INVALID);
    int size = request.getPageSize();
    fields
        .require(
            TraceIds.hex(request.getTraceId()).isPresent(),
            "trace_id",
            request.getTraceId(),
            "32 hex digits")
        .require(size >= 0 && size <= PAGE_SIZE_MAX, "page_size", size, "0 to " + PAGE_SIZE_MAX)
        .throwIfAny();
    GetTraceRequest list = request.toBuilder().clearPageToken().clearPageSize().build();
    long below = PageTokens.read(caller.tenant(), list, request.getPageToken(), Long.MAX_VALUE);
    ReadTrace.Page page =
        traces.read(
            caller.tenant(),
            TraceIds.hex(request.getTraceId()).orElseThrow(),
            below,
            size == 0 ? PAGE_SIZE_MAX : size);
    GetTraceResponse.Builder out = GetTraceResponse.newBuilder();
    page.jobs().forEach(job -> out.addJobs(encode(job)));
    page.nextBelow()
        .ifPresent(next -> out.setNextPageToken(PageTokens.write(caller.tenant(), list, next)));
    return out.build();
  }

  private static TracedJob encode(ReadTrace.Traced traced) {
    TracedJob.Builder out =
        TracedJob.newBuilder().setJob(JobEncoder.encode(traced.view())).setCut(traced.cut());
    String id = traced.view().job().key().jobId();
    traced.stages().forEach(event -> out.addStages(EventEncoder.encode(id, event)));
    return out.build();
  }
}
