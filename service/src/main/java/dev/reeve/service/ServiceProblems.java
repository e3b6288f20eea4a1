package dev.reeve.service;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Every refusal that the use cases name.
public final class ServiceProblems {
  /// A defect of ours. The message says nothing; the log says all.
  public static final ProblemCode INTERNAL =
      new ProblemCode(ProblemKind.INTERNAL, "INTERNAL", "A defect of the server; it was logged.");

  public static final ProblemCode RESULT_NOT_READY =
      new ProblemCode(
          ProblemKind.PRECONDITION, "RESULT_NOT_READY", "The job has no readable result yet.");

  public static final ProblemCode RESULT_WITHHELD =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "RESULT_WITHHELD",
          "The job ended without a result that may be read.");

  public static final ProblemCode CIRCUIT_LANGUAGE_UNKNOWN =
      new ProblemCode(
          ProblemKind.INVALID,
          "CIRCUIT_LANGUAGE_UNKNOWN",
          "A program to compile is in a language that nobody here reads.");

  public static final ProblemCode CIRCUIT_SOURCE_MISSING =
      new ProblemCode(
          ProblemKind.INVALID,
          "CIRCUIT_SOURCE_MISSING",
          "A call to compile or check brought no program.");

  public static final ProblemCode QFS_REF_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "QFS_REF_INVALID",
          "A reference to a file of a job is not written as one.");

  public static final ProblemCode QFS_NOT_FOUND =
      new ProblemCode(
          ProblemKind.NOT_FOUND,
          "QFS_NOT_FOUND",
          "A reference names a job that the caller has not, or a file that the job has not.");

  public static final ProblemCode CIRCUIT_TOO_LONG =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "CIRCUIT_TOO_LONG",
          "The circuit has more operations than a call may have compiled.");

  public static final ProblemCode COMPILE_OPTION_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "COMPILE_OPTION_INVALID",
          "An option of a compile is not what it can be.");

  public static final ProblemCode COMPILER_BUSY =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "COMPILER_BUSY",
          "As many circuits as may wait to be compiled are waiting.");

  public static final ProblemCode COMPILE_TIMED_OUT =
      new ProblemCode(
          ProblemKind.TIMEOUT,
          "COMPILE_TIMED_OUT",
          "The compile took longer than one may take for a caller, and was given up.");

  public static final ProblemCode RESERVATION_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "RESERVATION_INVALID",
          "The time or purpose of a reservation is out of bounds.");

  public static final ProblemCode DEVICE_OFFLINE =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "DEVICE_OFFLINE",
          "Nobody executes the jobs of the device now, so it cannot be reserved.");

  public static final ProblemCode DEVICE_NOT_RESERVABLE =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "DEVICE_NOT_RESERVABLE",
          "The device has no slots of its own, so it cannot be reserved.");

  public static final ProblemCode DEVICE_NOT_CHOSEN =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "DEVICE_NOT_CHOSEN",
          "No device can take a job that leaves the choice to the server.");

  public static final ProblemCode DEVICE_NOT_CALIBRATED =
      new ProblemCode(
          ProblemKind.UNIMPLEMENTED,
          "DEVICE_NOT_CALIBRATED",
          "The device has nothing that could be calibrated.");

  public static final ProblemCode DEVICE_DRIVER_DOWN =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "DEVICE_DRIVER_DOWN",
          "The program that drives the device does not answer, or has trouble of its own.");

  public static final ProblemCode DEVICE_DRIVER_SLOW =
      new ProblemCode(
          ProblemKind.TIMEOUT,
          "DEVICE_DRIVER_SLOW",
          "The program that drives the device did not answer in time.");

  public static final ProblemCode DEVICE_DRIVER_REFUSED =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "DEVICE_DRIVER_REFUSED",
          "The program that drives the device refused what it was asked.");

  public static final ProblemCode DEVICE_PROGRAM_UNSUITABLE =
      new ProblemCode(
          ProblemKind.INVALID,
          "DEVICE_PROGRAM_UNSUITABLE",
          "The device cannot run the program, or not in the way that was asked for.");

  public static final ProblemCode DEVICE_SLOTS_EXHAUSTED =
      new ProblemCode(
          ProblemKind.EXHAUSTED, "DEVICE_SLOTS_EXHAUSTED", "Every slot of the device is reserved.");

  public static final ProblemCode RESERVATION_NOT_KEPT =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "RESERVATION_NOT_KEPT",
          "A reservation could not be written, so it was not made.");

  public static final ProblemCode OUTPUT_NOT_HELD =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "OUTPUT_NOT_HELD",
          "The job has no output that was held back, or it was deleted.");

  public static final ProblemCode POOL_NOT_FOUND =
      new ProblemCode(
          ProblemKind.NOT_FOUND,
          "POOL_NOT_FOUND",
          "No pool of this name is in the pools file, and no connected worker names it.");

  public static final ProblemCode POOL_NOT_KEPT =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "POOL_NOT_KEPT",
          "What was said of the pool cannot be kept now; nothing has changed.");

  public static final ProblemCode PAYLOAD_TOO_LARGE =
      new ProblemCode(
          ProblemKind.EXHAUSTED, "PAYLOAD_TOO_LARGE", "The payload is larger than 64 MiB.");

  public static final ProblemCode PAYLOAD_REQUIRED =
      new ProblemCode(
          ProblemKind.INVALID,
          "PAYLOAD_REQUIRED",
          "The payload of the first job is not kept; the call must bring one.");

  public static final ProblemCode POINTERS_UNAVAILABLE =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "POINTERS_UNAVAILABLE",
          "The store to which pointers of messages lead does not answer.");

  public static final ProblemCode POINTERS_FULL =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "POINTERS_FULL",
          "Too many inputs and results wait to be taken up.");

  public static final ProblemCode REMEDIATION_NOT_FOUND =
      new ProblemCode(
          ProblemKind.NOT_FOUND,
          "REMEDIATION_NOT_FOUND",
          "The policy in force offers no such remediation for the job.");

  public static final ProblemCode JOB_NOT_REMEDIABLE =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "JOB_NOT_REMEDIABLE",
          "The job is neither denied nor held: there is nothing to ask for instead.");

  public static final ProblemCode JOB_NOT_RETRYABLE =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "JOB_NOT_RETRYABLE",
          "The job is no dead letter that can be submitted anew as it was.");

  public static final ProblemCode PAYLOAD_NOT_KEPT =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "PAYLOAD_NOT_KEPT",
          "The payload of the job is gone, so it cannot be submitted anew; submit it with one.");

  public static final ProblemCode ROLE_DENIED =
      new ProblemCode(ProblemKind.DENIED, "ROLE_DENIED", "The caller's role may not do this.");

  public static final ProblemCode CONSENT_FULL =
      new ProblemCode(
          ProblemKind.EXHAUSTED, "CONSENT_FULL", "Too many stops and pauses stand already.");

  public static final ProblemCode CONSENT_NOT_KEPT =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "CONSENT_NOT_KEPT",
          "What was said could not be kept; a stop or pause is in force all the same.");

  public static final ProblemCode PAGE_TOKEN_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "PAGE_TOKEN_INVALID",
          "The page token was not made by this server for this list.");

  public static final ProblemCode WORKER_PROTOCOL =
      new ProblemCode(
          ProblemKind.INVALID,
          "WORKER_PROTOCOL",
          "A worker sent something out of order or out of bounds.");

  public static final ProblemCode WATCH_TOO_SLOW =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "WATCH_TOO_SLOW",
          "The watcher reads slower than jobs change, and too many wait to be told of.");

  public static final ProblemCode WORKER_REPLACED =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "WORKER_REPLACED",
          "Another connection registered the same worker id.");

  public static final ProblemCode ROUTE_POLICY_NOT_KEPT =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "ROUTE_POLICY_NOT_KEPT",
          "A change of a routing policy and its receipt could not be written; it is not in"
              + " force.");

  public static final ProblemCode EVENTS_EXPIRED =
      new ProblemCode(
          ProblemKind.OUT_OF_RANGE,
          "EVENTS_EXPIRED",
          "The cursor lies before the events that are kept.");

  /// A request to map a circuit with a field out of bounds.
  public static final ProblemCode OPTIMIZER_REQUEST_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "OPTIMIZER_REQUEST_INVALID",
          "A field of a request to the optimizer is out of bounds.");

  /// A request to map a circuit that does not say to what, or says it wrong.
  public static final ProblemCode OPTIMIZER_TOPOLOGY_MISSING =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "OPTIMIZER_TOPOLOGY_MISSING",
          "The optimizer was given no topology, or one that is not what it was.");

  /// A device whose couplings nobody knows.
  public static final ProblemCode OPTIMIZER_BACKEND_UNSUPPORTED =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "OPTIMIZER_BACKEND_UNSUPPORTED",
          "The optimizer does not know the couplings of this device.");

  private ServiceProblems() {}
}
