package dev.reeve.server.offline;

import dev.reeve.base.ProblemCode;
import dev.reeve.gateway.Statuses;
import dev.reeve.governance.cif.BoundaryFinding;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One line of the answer.
///
/// @param station where the request stopped, or the last that it passed
/// @param reason stable reason; empty when it may pass
/// @param status the status that a caller would get
/// @param sanitized what is left of the payload; empty when it was refused
/// @param verdict the word of the decision point; empty elsewhere
/// @param violations what is wrong
/// @param findings what was found
/// @param counts how much in all, by detector; of the way out alone
record GateAnswer(
    GateLine.Station station,
    String reason,
    Status.Code status,
    Optional<JsonValue> sanitized,
    String verdict,
    List<String> violations,
    List<BoundaryFinding> findings,
    Map<String, Integer> counts) {
  static GateAnswer passed(
      GateLine.Station station, JsonValue sanitized, List<BoundaryFinding> findings) {
    return new GateAnswer(
        station, "", Status.Code.OK, Optional.of(sanitized), "", List.of(), findings, Map.of());
  }

  static GateAnswer refused(
      GateLine.Station station,
      ProblemCode code,
      List<String> violations,
      List<BoundaryFinding> findings) {
    return new GateAnswer(
        station,
        code.reason(),
        Statuses.codeOf(code.kind()),
        Optional.empty(),
        "",
        violations,
        findings,
        Map.of());
  }

  GateAnswer withVerdict(String word) {
    return new GateAnswer(station, reason, status, sanitized, word, violations, findings, counts);
  }

  GateAnswer withCounts(Map<String, Integer> byDetector) {
    return new GateAnswer(
        station, reason, status, sanitized, verdict, violations, findings, byDetector);
  }

  boolean allowed() {
    return reason.isEmpty();
  }

  String toJson() {
    Map<String, JsonValue> line = new LinkedHashMap<>();
    line.put("allowed", new JsonValue.Truth(allowed()));
    line.put("reason_code", new JsonValue.Text(reason));
    line.put("grpc_status", new JsonValue.Text(status.name()));
    line.put("station", new JsonValue.Text(station.word()));
    line.put("sanitized", sanitized.orElseGet(JsonValue.Absent::new));
    line.put("quarantined", new JsonValue.Truth(reason.equals("CIF_QUARANTINED")));
    if (!verdict.isEmpty()) {
      line.put("verdict", new JsonValue.Text(verdict));
    }
    List<JsonValue> why = new ArrayList<>();
    violations.forEach(violation -> why.add(new JsonValue.Text(violation)));
    line.put("violations", new JsonValue.Items(why));
    List<JsonValue> found = new ArrayList<>();
    findings.forEach(finding -> found.add(json(finding)));
    line.put("findings", new JsonValue.Items(found));
    if (!counts.isEmpty()) {
      Map<String, JsonValue> counted = new LinkedHashMap<>();
      counts.forEach(
          (detector, count) -> counted.put(detector, new JsonValue.Numeral(String.valueOf(count))));
      line.put("counts", new JsonValue.Members(counted));
    }
    return JsonText.write(new JsonValue.Members(line));
  }

  private static JsonValue json(BoundaryFinding finding) {
    Map<String, JsonValue> json = new LinkedHashMap<>();
    json.put("detector", new JsonValue.Text(finding.detector()));
    json.put("path", new JsonValue.Text(finding.path()));
    json.put(
        "span",
        new JsonValue.Items(
            List.of(
                new JsonValue.Numeral(String.valueOf(finding.start())),
                new JsonValue.Numeral(String.valueOf(finding.end())))));
    json.put("score", new JsonValue.Numeral(String.valueOf(finding.score())));
    json.put("encoded", new JsonValue.Truth(finding.encoded()));
    return new JsonValue.Members(json);
  }
}
