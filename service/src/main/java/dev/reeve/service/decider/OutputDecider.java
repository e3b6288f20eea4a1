package dev.reeve.service.decider;

/// An output policy elsewhere that is asked about results: a port. Both methods block, at most for
/// the time limit of their phase.
public interface OutputDecider {
  /// Asks with all but the content, so that a quick no costs little.
  DeciderAnswer<OutputAnswer> checkMetadata(OutputQuestion question);

  /// Asks with the content.
  DeciderAnswer<OutputAnswer> checkContent(OutputQuestion question);
}
