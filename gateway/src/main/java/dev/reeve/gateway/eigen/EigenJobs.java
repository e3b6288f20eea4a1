package dev.reeve.gateway.eigen;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.Ids;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.EventStreams;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobState;
import dev.reeve.service.Caller;
import dev.reeve.service.DeviceChoice;
import dev.reeve.service.DeviceDesk;
import dev.reeve.service.Futures;
import dev.reeve.service.JobView;
import dev.reeve.service.SubmitRequest;
import dev.reeve.service.SubmitResult;
import dev.reeve.service.circuit.CompiledAqo;
import dev.reeve.service.circuit.QfsPrograms;
import dev.reeve.service.circuit.QfsRef;
import dev.reeve.service.quantum.DeviceFit;
import dev.reeve.service.reservation.DeviceReservations;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// The job calls of this dialect over neutral records, for every name alike. Only [#results]
/// blocks.
final class EigenJobs {
  /// Programs up to here are admitted on the event loop.
  private static final List<String> METHOD_FACTS =
      List.of("error_bound", "method", "method_reason", "noise_model", "precision");

  private static final int INLINE_BYTES_MAX = 16 * 1024;

  private static final String SUMMARY = "result.summary.";

  private final GatewayServices services;
  private final EventStreams streams;
  private final DeviceDesk devices;
  private final SubmitDecoder decoder;
  private final QfsPrograms references;

  EigenJobs(
      GatewayServices services,
      DeviceDesk devices,
      DeviceReservations reservations,
      EventStreams streams,
      QfsPrograms references) {
    this.services = services;
    this.streams = streams;
    this.devices = devices;
    decoder = new SubmitDecoder(devices, reservations);
    this.references = references;
  }

  /// What became of a cancel.
  enum CancelOutcome {
    ACCEPTED,
    ALREADY_TERMINAL
  }

  /// The job as it stands after the submit.
  CompletableFuture<StatusView> submit(EigenProfile profile, SubmitInput input) {
    return decoded(CallScope.current(), input, profile)
        .thenCompose(this::submit)
        .thenApply(result -> new EigenEncoder(profile).status(result.job()));
  }

  /// Everything else is checked before a reference is followed.
  private CompletableFuture<SubmitDecoder.Decoded> decoded(
      CallScope scope, SubmitInput input, EigenProfile profile) {
    SubmitDecoder.Decoded decoded = decoder.decode(scope, input, profile);
    Program program = input.program().orElseThrow();
    if (!program.isReference()) {
      return placed(scope, decoded, input, profile);
    }
    return references
        .find(
            decoded.caller().tenant(),
            program.field(),
            program.source().utf8(),
            Context.current()::isCancelled)
        .thenCompose(found -> {
          SubmitInput whole = input.with(Program.referred(found, program));
          return placed(scope, decoder.decode(scope, whole, profile), whole, profile);
        });
  }

  /// For the device that is best now, where the target leaves that to the server.
  private CompletableFuture<SubmitDecoder.Decoded> placed(
      CallScope scope, SubmitDecoder.Decoded decoded, SubmitInput input, EigenProfile profile) {
    if (!SubmitDecoder.isOpen(input)) {
      return CompletableFuture.completedFuture(decoded);
    }
    Context call = Context.current();
    SubmitRequest request = decoded.request();
    int shots = RunSettings.of(input, profile).shots();
    return devices
        .list("")
        .thenApplyAsync(
            views -> {
              DeviceFit fit = new DeviceFit(request.payload(), request.work(), call::isCancelled);
              return decoder.decode(
                  scope, input, profile, Optional.of(DeviceChoice.of(views, shots, fit::against)));
            },
            services.blocking());
  }

  private CompletableFuture<SubmitResult> submit(SubmitDecoder.Decoded decoded) {
    return decoded.request().payload().size() <= INLINE_BYTES_MAX
        ? services.submit().submit(decoded.caller(), decoded.request())
        : CompletableFuture.completedFuture(decoded)
            .thenComposeAsync(
                large -> services.submit().submit(large.caller(), large.request()),
                services.blocking());
  }

  /// Submits, waits for the end and reads what came of it. The job is cancelled when the call ends
  /// before, and must have ended by the deadline of the call.
  CompletableFuture<ResultsView> run(EigenProfile profile, SubmitInput input) {
    CallScope scope = CallScope.current();
    Context call = Context.current();
    return decoded(scope, input, profile)
        .thenCompose(decoded -> ended(scope, call, decoded))
        .thenApplyAsync(job -> results(profile, job), services.blocking());
  }

  private CompletableFuture<Job> ended(
      CallScope scope, Context call, SubmitDecoder.Decoded decoded) {
    return submit(decoded)
        .thenCompose(result -> {
          Job job = result.job();
          Context.CancellationListener ended =
              _ -> {
                CompletableFuture<Job> _ =
                    services
                        .cancel()
                        .cancel(
                            decoded.caller(),
                            job.key().jobId(),
                            "the call that waited for it ended",
                            scope.action().id());
              };
          call.addListener(ended, services.blocking());
          return services.await().end(job).whenComplete((_, _) -> call.removeListener(ended));
        });
  }

  CompletableFuture<StatusView> status(EigenProfile profile, String jobId, CallEnvelope envelope) {
    return services
        .reader()
        .status(key(jobId, envelope))
        .thenApply(new EigenEncoder(profile)::status);
  }

  /// An ended job is no error: the answer says that nothing was taken.
  CompletableFuture<CancelOutcome> cancel(String jobId, CallEnvelope envelope) {
    CallScope scope = CallScope.current();
    Caller caller = CallGate.admit(scope, envelope).caller();
    JobKey key = CallGate.job(caller, jobId);
    CompletableFuture<CancelOutcome> outcome = new CompletableFuture<>();
    Futures.then(
        services.cancel().cancel(caller, key.jobId(), "", scope.action().id()),
        _ -> outcome.complete(CancelOutcome.ACCEPTED),
        problem -> {
          if (problem.reason().equals("JOB_ALREADY_FINISHED")) {
            outcome.complete(CancelOutcome.ALREADY_TERMINAL);
          } else {
            outcome.completeExceptionally(problem.with("job_id", jobId).toException());
          }
        });
    return outcome;
  }

  /// Streams the events after a sequence number; unsigned, so whatever does not fit lies beyond the
  /// newest.
  <R> void stream(
      EigenProfile profile,
      String jobId,
      long lastEventSeq,
      CallEnvelope envelope,
      StreamObserver<R> observer,
      Function<UpdateView, R> encode) {
    JobKey key = key(jobId, envelope);
    EigenEncoder encoder = new EigenEncoder(profile);
    streams.serve(
        observer,
        key,
        lastEventSeq < 0 ? Long.MAX_VALUE : lastEventSeq,
        event -> encode.apply(encoder.update(jobId, event)));
  }

  /// The result of a finished job. Blocks.
  ///
  /// @throws ProblemException `JOB_NOT_FOUND`, or `RESULT_NOT_READY` while it has not ended
  ResultsView results(EigenProfile profile, String jobId, CallEnvelope envelope) {
    return results(profile, services.reader().view(key(jobId, envelope)).job());
  }

  private ResultsView results(EigenProfile profile, Job job) {
    Map<String, Long> counts = new LinkedHashMap<>();
    Map<String, String> metadata = new TreeMap<>();
    if (!job.isFinished() || job.state() instanceof JobState.Completed) {
      read(result(job), counts, metadata);
      summarize(job, counts, metadata);
    }
    return new ResultsView(
        job.key().jobId(),
        ClientState.of(job.state().name(), profile),
        counts,
        metadata,
        Ending.of(job.state()),
        job.updatedAtMicros());
  }

  private Bytes result(Job job) {
    try {
      return services.reader().result(job);
    } catch (ProblemException e) {
      throw e.problem().with("job_id", job.key().jobId()).toException();
    }
  }

  /// The result document of a device. A job of another kind has a result of another form, which
  /// this contract cannot show: it has no counts then.
  private static void read(Bytes result, Map<String, Long> counts, Map<String, String> metadata) {
    try {
      CanonicalObject document = CanonicalReader.object(result);
      if (document.has("counts") && document.has("metadata")) {
        CanonicalObject bits = document.object("counts");
        for (String outcome : bits.keys()) {
          counts.put(outcome, bits.number(outcome));
        }
        metadata.putAll(document.textMap("metadata"));
      }
    } catch (CanonicalFormatException e) {
      counts.clear();
      metadata.clear();
    }
  }

  /// What the contract calls the summary of a result; the first of equally frequent outcomes.
  private static void summarize(Job job, Map<String, Long> counts, Map<String, String> metadata) {
    if (counts.isEmpty()) {
      return;
    }
    Map.Entry<String, Long> dominant = counts.entrySet().iterator().next();
    long shots = 0;
    for (Map.Entry<String, Long> outcome : counts.entrySet()) {
      shots += outcome.getValue();
      if (outcome.getValue() > dominant.getValue()) {
        dominant = outcome;
      }
    }
    String device = DeviceDesk.deviceOf(job.header().placement().route());
    for (String fact : List.of("energy", "optimizer")) {
      if (metadata.containsKey(fact)) {
        metadata.put(SUMMARY + fact, metadata.getOrDefault(fact, ""));
      }
    }
    if (CompiledAqo.isThere(metadata)) {
      metadata.put("qfs_compiled_aqo", QfsRef.of(job.key().jobId(), "compiled/circuit.aqo.json"));
    }
    metadata.put(SUMMARY + "dominant_bitstring", dominant.getKey() + ":" + dominant.getValue());
    metadata.put(SUMMARY + "nonzero_bitstrings", Integer.toString(counts.size()));
    metadata.put(SUMMARY + "selected_backend", device);
    metadata.put(SUMMARY + "shots_total", Long.toString(shots));
    metadata.put(SUMMARY + "target", device);
  }

  /// Why a job went where it went; of a finished one also how it was simulated. Blocks.
  CompletableFuture<RationaleView> rationale(String jobId, CallEnvelope envelope) {
    if (jobId.isEmpty()) {
      throw EigenProblems.EIGEN_PUBLIC_EXPLAIN_INVALID_REQUEST
          .because("job_id: missing (expected: id of a job)")
          .withField("job_id", "expected: id of a job")
          .toException();
    }
    if (!Ids.isGiven(jobId)) {
      throw EigenProblems.EIGEN_PUBLIC_EXPLAIN_INVALID_REQUEST
          .field("job_id", jobId, Ids.GIVEN_SHAPE)
          .toException();
    }
    try {
      return CompletableFuture.completedFuture(
          explain(services.reader().view(key(jobId, envelope))));
    } catch (ProblemException e) {
      throw notFound(e.problem(), jobId).toException();
    }
  }

  private static Problem notFound(Problem problem, String jobId) {
    return problem.reason().equals("JOB_NOT_FOUND")
        ? EigenProblems.EIGEN_PUBLIC_EXPLAIN_DECISION_NOT_FOUND
            .because(problem.message())
            .with("job_id", jobId)
        : problem;
  }

  private RationaleView explain(JobView view) {
    Job job = view.job();
    if (job.attempts() == 0) {
      throw EigenProblems.EIGEN_PUBLIC_EXPLAIN_NOT_READY
          .because("job was not dispatched, it is " + job.state().name())
          .with("job_id", job.key().jobId())
          .toException();
    }
    Map<String, String> found = new TreeMap<>();
    if (job.state() instanceof JobState.Completed) {
      read(result(job), new LinkedHashMap<>(), found);
    }
    return rationale(job, found, view.admission().spec().work().attributes());
  }

  /// @param found what the result says about the run; empty while there is none
  /// @param stated attributes of the job
  private static RationaleView rationale(
      Job job, Map<String, String> found, Map<String, String> stated) {
    List<String> reasons =
        new ArrayList<>(
            List.of(
                "schedule_stage_completed",
                "policy_bundle_applied",
                "backend_selected",
                "queue_selected"));
    String codes = stated.getOrDefault(SubmitDecoder.CHOICE_REASONS, "");
    if (!codes.isEmpty()) {
      reasons.addAll(List.of(codes.split(",", -1)));
    }
    String trace = job.header().origin().traceId();
    if (!trace.isEmpty()) {
      reasons.add("trace_linked");
    }
    String rule = job.verdict().ruleId();
    Map<String, String> attributes = new TreeMap<>();
    for (String fact : METHOD_FACTS) {
      if (found.containsKey(fact)) {
        attributes.put(fact, found.getOrDefault(fact, ""));
      }
    }
    if (attributes.containsKey("method")) {
      reasons.add("method_selected");
    }
    String candidates = stated.getOrDefault(SubmitDecoder.CHOICE_CANDIDATES, "");
    if (!candidates.isEmpty()) {
      attributes.put("candidates", candidates);
    }
    attributes.put(
        "device_selection", candidates.isEmpty() ? "named by the job" : "chosen by the server");
    attributes.put("artifact_version", RationaleView.VERSION);
    attributes.put("attempt", Integer.toString(job.attempts()));
    attributes.put("fallback_reason", "none");
    attributes.put("policy_branch", rule.isEmpty() ? "default" : rule);
    attributes.put("priority", Integer.toString(job.header().placement().priority()));
    attributes.put("route", job.header().placement().route());
    attributes.put("topology_contract_version", Topology.CONTRACT_VERSION);
    return new RationaleView(
        job.key().jobId(),
        "reeve/" + job.verdict().snapshot(),
        reasons,
        DeviceDesk.deviceOf(job.header().placement().route()),
        attributes,
        trace);
  }

  private static JobKey key(String jobId, CallEnvelope envelope) {
    return CallGate.job(CallGate.admit(CallScope.current(), envelope).caller(), jobId);
  }
}
