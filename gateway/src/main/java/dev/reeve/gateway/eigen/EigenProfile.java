package dev.reeve.gateway.eigen;

/// What differs between the names of this API. The core sees none of it: each choice arrives there
/// as data of a command, or shapes an answer.
///
/// @param showsPending whether clients know a pending state; else it shows as COMPILING with stage
///   `PENDING`
/// @param equalSubmitsAreOne whether two equal submits without a key give one job
/// @param metadataField name of the request field that holds the caller's own facts
record EigenProfile(boolean showsPending, boolean equalSubmitsAreOne, String metadataField) {
  /// `eigen_api.v1`, the names of the first RFC.
  static final EigenProfile SEED = new EigenProfile(false, false, "metadata");

  /// `eigen.api.v1`.
  static final EigenProfile LATER = new EigenProfile(true, true, "metadata");

  /// `kernel_api.v0_1.KernelGateway` and its aliases. A kernel shows its own states.
  static final EigenProfile KERNEL_SEED = new EigenProfile(true, false, "metadata");

  /// `eigen.internal.v1.KernelGatewayService`.
  static final EigenProfile KERNEL_LATER = new EigenProfile(true, false, "metadata_kvs");

  /// `eigen.internal.v1.DriverManagerService`, whose options are the facts of a run.
  static final EigenProfile DRIVER = new EigenProfile(true, false, "options");
}
