package dev.reeve.service;

/// What a principal may do at most.
public enum Role {
  /// Everything, approvals and configuration included.
  ADMIN,
  /// Submits, reads and cancels jobs.
  USER,
  /// Reads.
  VIEWER
}
