package dev.reeve.routing;

/// Where in the pipeline an extension stands.
public enum ExtensionType {
  PRE("pre", "pre"),
  VALIDATOR("validator", "validate"),
  POST("post", "post");

  private final String wireName;
  private final String subjectPart;

  ExtensionType(String wireName, String subjectPart) {
    this.wireName = wireName;
    this.subjectPart = subjectPart;
  }

  /// As traces and the registry name it.
  public String wireName() {
    return wireName;
  }

  /// As subjects name it: `beamline.ext.{pre|validate|post}.{id}.{version}`.
  public String subjectPart() {
    return subjectPart;
  }
}
