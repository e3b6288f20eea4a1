package dev.reeve.policy;

import dev.reeve.base.Bytes;
import java.util.Objects;

/// The content that comes with a request.
///
/// @param bytes as much of it as is here; empty when there is none
/// @param type media type; may be empty
/// @param sizeBytes true size before anything was cut; never less than that of `bytes`
public record InputContent(Bytes bytes, String type, long sizeBytes) {
  public static final InputContent NONE = new InputContent(Bytes.EMPTY, "", 0);

  public InputContent {
    Objects.requireNonNull(type, "type");
    sizeBytes = Math.max(sizeBytes, bytes.size());
  }
}
