/// Scanning of content: detectors, the automaton that finds where to look, redaction. Bytes in,
/// findings out.
///
/// [dev.reeve.scan.ScanRules] is compiled once and shared; [dev.reeve.scan.ContentScanner] scans
/// with it. What to do about a finding is policy and lives elsewhere, and so do files: rules of
/// users come in as text. Pure functions of their arguments, bounded in time and memory for every
/// input. Immutable and thread-safe, except [dev.reeve.scan.ScanSession] and what it hands to
/// detectors.
@NullMarked
package dev.reeve.scan;

import org.jspecify.annotations.NullMarked;
