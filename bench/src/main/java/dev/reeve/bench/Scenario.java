package dev.reeve.bench;

/// A question that a run answers with figures.
interface Scenario {
  /// What users type.
  String name();

  /// Measures, and reports each figure as soon as it is known. Blocks.
  void run(Report report) throws Exception;
}
