package dev.reeve.job;

/// Where a job came from.
///
/// @param dialect short name of the API it was submitted by; data to this module, never switched on
/// @param principal who submitted it
/// @param traceId the caller's trace, or one made for it; may be empty
public record Origin(String dialect, String principal, String traceId) {
  public Origin {
    Storable.text("dialect", dialect);
    Storable.text("principal", principal);
    Storable.text("trace_id", traceId);
  }
}
