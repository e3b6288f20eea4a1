package dev.reeve.gateway.eigen;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// The refusals of `DriverManagerService` by their reasons: section 2.6 of the Eigen contract.
/// Whatever was refused inside gets one of them; see [DriverErrors].
public final class DriverProblems {
  public static final ProblemCode EIGEN_BACKEND_AUTH =
      new ProblemCode(
          ProblemKind.UNAUTHENTICATED,
          "EIGEN_BACKEND_AUTH",
          "A device or its driver does not know who asks.");

  public static final ProblemCode EIGEN_BACKEND_AUTHZ =
      new ProblemCode(
          ProblemKind.DENIED,
          "EIGEN_BACKEND_AUTHZ",
          "Policy, a person or a driver does not allow the run on the device.");

  public static final ProblemCode EIGEN_BACKEND_UNAVAILABLE =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "EIGEN_BACKEND_UNAVAILABLE",
          "The device or its driver does not answer now.");

  public static final ProblemCode EIGEN_BACKEND_QUOTA =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "EIGEN_BACKEND_QUOTA",
          "The caller has used up what it may run on devices.");

  public static final ProblemCode EIGEN_BACKEND_CAPACITY =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "EIGEN_BACKEND_CAPACITY",
          "The device has no room for the run, by its size or for now.");

  public static final ProblemCode EIGEN_BACKEND_TIMEOUT =
      new ProblemCode(
          ProblemKind.TIMEOUT, "EIGEN_BACKEND_TIMEOUT", "The run took longer than it may.");

  public static final ProblemCode EIGEN_BACKEND_CANCELLED =
      new ProblemCode(
          ProblemKind.CANCELLED, "EIGEN_BACKEND_CANCELLED", "Somebody cancelled the run.");

  public static final ProblemCode EIGEN_BACKEND_PRECONDITION =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "EIGEN_BACKEND_PRECONDITION",
          "The device, or the circuit for it, is not in the state that the call needs.");

  public static final ProblemCode EIGEN_BACKEND_PROVIDER =
      new ProblemCode(
          ProblemKind.UNIMPLEMENTED,
          "EIGEN_BACKEND_PROVIDER",
          "The device cannot do this kind of thing.");

  public static final ProblemCode EIGEN_BACKEND_INVALID_ARGUMENT =
      new ProblemCode(
          ProblemKind.INVALID,
          "EIGEN_BACKEND_INVALID_ARGUMENT",
          "The circuit or an option of a call to a device is wrong.");

  public static final ProblemCode EIGEN_BACKEND_DEVICE_UNKNOWN =
      new ProblemCode(
          ProblemKind.NOT_FOUND, "EIGEN_BACKEND_DEVICE_UNKNOWN", "There is no such device.");

  public static final ProblemCode EIGEN_BACKEND_INTERNAL =
      new ProblemCode(
          ProblemKind.INTERNAL,
          "EIGEN_BACKEND_INTERNAL",
          "A run failed for no fault of the caller.");

  private DriverProblems() {}
}
