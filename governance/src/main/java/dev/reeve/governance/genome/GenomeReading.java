package dev.reeve.governance.genome;

import java.util.List;

/// What came of reading a genome.
public sealed interface GenomeReading {
  /// Well-formed.
  record Read(Genome genome) implements GenomeReading {}

  /// Not a genome.
  ///
  /// @param id the id its content has; empty when it is no JSON object at all
  /// @param problems everything that is wrong, in the order of the document
  record Refused(String id, List<String> problems) implements GenomeReading {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
