package dev.reeve.gateway.eigen;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Why a job went where it went, before it is put into the words of a package.
///
/// @param policyVersion `bundle/version`
/// @param backend the device
/// @param attributes further facts, small
record RationaleView(
    String jobId,
    String policyVersion,
    List<String> reasonCodes,
    String backend,
    Map<String, String> attributes,
    String traceId) {
  static final String VERSION = "1.0.0";
  static final String QUEUE = "scheduler:default";

  RationaleView {
    reasonCodes = List.copyOf(reasonCodes);
    attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
  }

  String timelineRef() {
    return "qfs://jobs/" + jobId + "/timeline.jsonl";
  }

  String logsRef() {
    return "qfs://jobs/" + jobId + "/logs/runtime.json";
  }

  String traceRef() {
    return "qfs://jobs/" + jobId + "/trace.json";
  }
}
