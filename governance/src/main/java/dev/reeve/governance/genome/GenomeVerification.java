package dev.reeve.governance.genome;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import java.util.List;
import java.util.Optional;

/// Whether a document is a genome that its own authority signed.
///
/// @param genome what was read; empty when it is not well-formed
/// @param genomeId the id of its content; empty text when it is no JSON object
/// @param reason why it is not valid; empty when it is
/// @param problems one sentence for each thing that is wrong, or was passed over
public record GenomeVerification(
    Optional<Genome> genome, String genomeId, Optional<ProblemCode> reason, List<String> problems) {
  public GenomeVerification {
    problems = List.copyOf(problems);
  }

  /// Whether it is valid in itself.
  public boolean verified() {
    return reason.isEmpty();
  }

  /// Whether it is a well-formed document.
  public boolean schemaValid() {
    return genome.isPresent();
  }

  /// The document is a genome, and not a valid one.
  public static GenomeVerification refused(
      Genome genome, ProblemCode reason, List<String> problems) {
    return new GenomeVerification(Optional.of(genome), genome.id(), Optional.of(reason), problems);
  }

  /// The reason with what is wrong; empty when the genome is valid.
  public Optional<Problem> problem() {
    return reason.map(code -> code.because("genome: " + String.join("; ", problems)));
  }

  /// There is no document to read.
  public static GenomeVerification missing(String why) {
    return new GenomeVerification(
        Optional.empty(), "", Optional.of(GenomeProblems.GENOME_MISSING), List.of(why));
  }

  /// The document is not a genome.
  public static GenomeVerification unreadable(String id, List<String> problems) {
    return new GenomeVerification(
        Optional.empty(), id, Optional.of(GenomeProblems.GENOME_INVALID_SCHEMA), problems);
  }
}
