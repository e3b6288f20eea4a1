package dev.reeve.job;

/// Where a job came from.
///
/// @param submitter whose it is; the same for many jobs
/// @param traceId the caller's trace, or one made for it; may be empty
public record Origin(Submitter submitter, String traceId) {
  /// Who submits jobs, and by what.
  ///
  /// @param dialect short name of the API; data to this module, never switched on
  /// @param principal who it is
  /// @param clientId how the client calls itself; empty when it does not, or by its principal's
  ///   name
  public record Submitter(String dialect, String principal, String clientId) {
    public Submitter {
      Storable.text("dialect", dialect);
      Storable.text("principal", principal);
      Storable.text("client", clientId);
    }
  }

  public Origin {
    Storable.text("trace_id", traceId);
  }

  /// From a client without a name of its own.
  public Origin(String dialect, String principal, String traceId) {
    this(dialect, principal, traceId, "");
  }

  public Origin(String dialect, String principal, String traceId, String clientId) {
    this(new Submitter(dialect, principal, clientId), traceId);
  }

  /// Short name of the API it was submitted by.
  public String dialect() {
    return submitter.dialect();
  }

  /// Who submitted it.
  public String principal() {
    return submitter.principal();
  }

  /// How the client called itself; empty when it did not.
  public String clientId() {
    return submitter.clientId();
  }
}
