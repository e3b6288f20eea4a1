package dev.reeve.gateway.eigen;

import static dev.reeve.gateway.eigen.PublicCodec.as;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.gateway.CallScope;
import dev.reeve.service.DeviceView;
import dev.reeve.service.Futures;
import dev.reeve.wire.eigen.internal.v1.CalibrateDeviceRequest;
import dev.reeve.wire.eigen.internal.v1.CalibrateDeviceResponse;
import dev.reeve.wire.eigen.internal.v1.CircuitPayload;
import dev.reeve.wire.eigen.internal.v1.DeviceInfo;
import dev.reeve.wire.eigen.internal.v1.ExecuteCircuitRequest;
import dev.reeve.wire.eigen.internal.v1.ExecuteCircuitResponse;
import dev.reeve.wire.eigen.internal.v1.GetDeviceStatusRequest;
import dev.reeve.wire.eigen.internal.v1.GetDeviceStatusResponse;
import dev.reeve.wire.eigen.internal.v1.ListDevicesResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// The calls of `DriverManagerService`. A circuit to run is a job like any other: policy decides on
/// it, its result is checked, and the caller waits for its end. Never blocks.
final class DriverCalls {
  private static final double NANOS_PER_SECOND = 1e9;

  private final EigenJobs jobs;
  private final EigenDevices devices;

  DriverCalls(EigenJobs jobs, EigenDevices devices) {
    this.jobs = jobs;
    this.devices = devices;
  }

  CompletableFuture<ListDevicesResponse> list() {
    return told(
        "",
        () ->
            devices
                .list("", CallEnvelope.NONE)
                .thenApply(found ->
                    ListDevicesResponse.newBuilder()
                        .addAllDevices(found.stream().map(DriverCalls::device).toList())
                        .build()));
  }

  CompletableFuture<GetDeviceStatusResponse> status(GetDeviceStatusRequest request) {
    return told(
        request.getDeviceId(),
        () ->
            devices
                .find(request.getDeviceId(), CallEnvelope.NONE)
                .thenApply(
                    view -> as(PublicCodec.deviceStatus(view), GetDeviceStatusResponse.parser())));
  }

  CompletableFuture<ExecuteCircuitResponse> execute(ExecuteCircuitRequest request) {
    DriverErrors errors = DriverErrors.of(CallScope.current(), request.getDeviceId());
    long begin = System.nanoTime();
    return told(
        request.getDeviceId(),
        () -> {
          DriverOptions options = DriverOptions.of(request.getOptionsMap(), request.getShots());
          SubmitInput input = input(request, options);
          options
              .simulatedError()
              .ifPresent(problem -> {
                throw problem.toException();
              });
          return jobs.run(EigenProfile.DRIVER, input)
              .thenApply(view -> answer(view, errors, begin));
        });
  }

  CompletableFuture<CalibrateDeviceResponse> calibrate(CalibrateDeviceRequest request) {
    return told(
        request.getDeviceId(),
        () ->
            devices
                .calibrate(request.getDeviceId(), request.getOptionsMap())
                .thenApply(reference ->
                    CalibrateDeviceResponse.newBuilder().setCalibrationRef(reference).build()));
  }

  private static SubmitInput input(ExecuteCircuitRequest request, DriverOptions options) {
    String jobId = request.getJobId();
    Map<String, String> metadata = new TreeMap<>(options.metadata());
    if (!jobId.isEmpty()) {
      metadata.put("parent_job_id", jobId);
    }
    return new SubmitInput(
        jobId.isEmpty() ? "circuit" : jobId,
        program(request.getPayload()),
        "",
        request.getDeviceId(),
        OptionalInt.empty(),
        Map.of(),
        metadata,
        List.of(),
        SubmitInput.Quota.NONE,
        "",
        Bytes.EMPTY,
        false,
        0,
        CallEnvelope.NONE);
  }

  private static Optional<Program> program(CircuitPayload payload) {
    Bytes data = Bytes.wrap(payload.getData().toByteArray());
    Program.Format format =
        switch (payload.getFormat()) {
          case CIRCUIT_FORMAT_QASM3_TEXT -> Program.Format.QASM;
          case CIRCUIT_FORMAT_AQO_JSON -> Program.Format.AQO_JSON;
          case CIRCUIT_FORMAT_AQO_PROTO -> Program.Format.AQO_PROTO;
          case CIRCUIT_FORMAT_UNSPECIFIED, UNRECOGNIZED ->
              throw EigenProblems.EIGEN_PUBLIC_VALIDATION_FAILED
                  .field(
                      "payload.format",
                      payload.getFormat().name(),
                      "CIRCUIT_FORMAT_QASM3_TEXT, _AQO_JSON or _AQO_PROTO")
                  .toException();
          case CIRCUIT_FORMAT_BACKEND_NATIVE ->
              throw DriverProblems.EIGEN_BACKEND_PROVIDER
                  .because(
                      "payload.format: CIRCUIT_FORMAT_BACKEND_NATIVE (expected: a format that"
                          + " every device reads)")
                  .toException();
        };
    return Optional.of(new Program(format, data, "", "", "", "payload"));
  }

  private static ExecuteCircuitResponse answer(ResultsView view, DriverErrors errors, long begin) {
    if (!view.ending().equals(Ending.NONE)) {
      throw errors.of(view.jobId(), view.ending()).toException();
    }
    ExecuteCircuitResponse.Builder answer =
        ExecuteCircuitResponse.newBuilder()
            .putAllCounts(view.counts())
            .setExecutionTimeSec((System.nanoTime() - begin) / NANOS_PER_SECOND);
    view.metadata()
        .forEach((name, fact) -> {
          if (!name.startsWith("result.summary.")) {
            answer.putMetadata(name, fact);
          }
        });
    return answer.putMetadata("execution_job_id", view.jobId()).build();
  }

  private static DeviceInfo device(DeviceView view) {
    return as(PublicCodec.device(view), DeviceInfo.parser());
  }

  /// The answer, or what was refused in the words of a driver.
  private static <T> CompletableFuture<T> told(
      String deviceId, Supplier<CompletableFuture<T>> call) {
    DriverErrors errors = DriverErrors.of(CallScope.current(), deviceId);
    CompletableFuture<T> answer;
    try {
      answer = call.get();
    } catch (ProblemException e) {
      throw inWords(errors, e.problem());
    }
    return answer.exceptionallyCompose(
        failure -> CompletableFuture.failedFuture(inWords(errors, Futures.problem(failure))));
  }

  private static ProblemException inWords(DriverErrors errors, Problem problem) {
    return (DriverErrors.isTold(problem) ? problem : errors.of(problem)).toException();
  }
}
