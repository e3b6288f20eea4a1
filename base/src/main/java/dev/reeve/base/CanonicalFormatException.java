package dev.reeve.base;

/// Bytes that should be canonical are not. Stored bytes were damaged or written by something else.
public final class CanonicalFormatException extends RuntimeException {
  public CanonicalFormatException(String message) {
    super(message);
  }

  public CanonicalFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
