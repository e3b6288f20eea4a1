package dev.reeve.service.decider;

import dev.reeve.base.Bytes;
import java.util.List;
import java.util.Map;

/// An output and the job it is from, as another decider is asked about it.
///
/// @param labels of the job
/// @param capability of the job; may be empty
/// @param riskTags of the job
/// @param principal who submitted it
/// @param contentType media type; may be empty
/// @param content all of it; the adapter cuts what is too long for the wire and says so
/// @param isError whether these are the words of an error
public record OutputQuestion(
    String jobId,
    String topic,
    String tenant,
    Map<String, String> labels,
    String capability,
    List<String> riskTags,
    String principal,
    String contentType,
    Bytes content,
    boolean isError) {
  public OutputQuestion {
    labels = Map.copyOf(labels);
    riskTags = List.copyOf(riskTags);
  }
}
