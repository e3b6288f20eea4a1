package dev.reeve.gateway.eigen;

/// Where an attempt runs, as far as this contract asks.
///
/// @param worker id of the executor
/// @param attempt from 1
record Topology(String worker, int attempt) {
  static final String CONTRACT_VERSION = "1.1.0";
  static final String CLUSTER = "cluster-local";
  static final String PARTITION = "partition-0";
}
