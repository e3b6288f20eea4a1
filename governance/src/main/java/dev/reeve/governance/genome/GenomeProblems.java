package dev.reeve.governance.genome;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Why there is no valid genome.
public final class GenomeProblems {
  public static final ProblemCode GENOME_MISSING =
      new ProblemCode(
          ProblemKind.UNAVAILABLE, "GENOME_MISSING", "There is no genome where one is expected.");

  public static final ProblemCode GENOME_INVALID_SCHEMA =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "GENOME_INVALID_SCHEMA",
          "The genome is not a well-formed document of the format genome.v0.1.");

  public static final ProblemCode GENOME_INVALID_SIGNATURE =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "GENOME_INVALID_SIGNATURE",
          "Fewer signers than the threshold have a good signature on the genome.");

  public static final ProblemCode GENOME_EXPIRED =
      new ProblemCode(
          ProblemKind.UNAVAILABLE, "GENOME_EXPIRED", "The genome held until a time that is over.");

  public static final ProblemCode GENOME_MANIFEST_MISMATCH =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "GENOME_MANIFEST_MISMATCH",
          "A file of the build manifest is missing or has other content.");

  public static final ProblemCode GENOME_ROTATION_REFUSED =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "GENOME_ROTATION_REFUSED",
          "The genome may not follow the one that was in force before.");

  private GenomeProblems() {}
}
