package dev.reeve.service.provider;

/// In which way a provider failed.
public enum ProviderErrorClass {
  /// No answer in time.
  TIMEOUT("timeout", true, false),
  /// It answered that it cannot now, or something that is no answer.
  SERVER_ERROR("5xx", true, false),
  /// It could not be reached, or the connection broke.
  CONNECTION_ERROR("connection_error", true, false),
  /// We have no key for it: for fallback rules as if it could not be reached.
  KEY_MISSING("connection_error", true, false),
  /// It takes no more calls now.
  RATE_LIMITED("rate_limited", true, false),
  /// It does not take our key.
  UNAUTHORIZED("unauthorized", true, false),
  /// The request is longer than the model takes; a larger model may take it.
  CONTEXT_WINDOW("context_window", true, true),
  /// The provider's own content policy refused; another provider may not.
  CONTENT_POLICY("content_policy", true, true),
  /// It refused the request; any other would too.
  REFUSED("4xx", false, true),
  /// The caller went away.
  CANCELLED("cancelled", false, true);

  private final String status;
  private final boolean mayFailOver;
  private final boolean ofCaller;

  ProviderErrorClass(String status, boolean mayFailOver, boolean ofCaller) {
    this.status = status;
    this.mayFailOver = mayFailOver;
    this.ofCaller = ofCaller;
  }

  /// The word for it in fallback rules (`when: {status: timeout}`) and receipts.
  public String status() {
    return status;
  }

  /// Whether asking another provider may help.
  public boolean mayFailOver() {
    return mayFailOver;
  }

  /// Whether it is about the request rather than the provider, whose health it says nothing of.
  public boolean isOfCaller() {
    return ofCaller;
  }
}
