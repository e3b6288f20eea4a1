package dev.reeve.conformance.tidy;

/// One thing to put right. Prints in the form of a compiler, so that editors can jump to it. Lines
/// count from 1.
record Finding(String path, int line, String message) {
  @Override
  public String toString() {
    return path + ":" + line + ": " + message;
  }
}
