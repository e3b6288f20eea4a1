package dev.reeve.conformance.wire;

import java.util.ArrayList;
import java.util.List;

/// Reads a table of a published contract, in the short form of its documents:
///
/// ```
/// # a comment
/// message eigen_api.v1.JobResponse eigen.api.v1.SubmitJobResponse
///   1 job_id; 2 status JobStatus
/// enum eigen.api.v1.JobState +JOB_STATE_
///   0 UNSPECIFIED; 1 PENDING
/// service eigen_api.v1.JobService
///   StreamJobUpdates JobUpdatesRequest stream JobUpdate
/// ```
///
/// A header may name several owners of the same shape, and the prefix of an enum's values. A field
/// without a type is a string.
final class ContractTable {
  private final List<WireFact> facts = new ArrayList<>();
  private final String name;
  private String kind = "";
  private String prefix = "";
  private List<String> owners = List.of();

  private ContractTable(String name) {
    this.name = name;
  }

  /// The facts of `contract/NAME`.
  static List<WireFact> read(String name) {
    return parse(name, WireResources.text("contract/" + name));
  }

  static List<WireFact> parse(String name, String text) {
    ContractTable table = new ContractTable(name);
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      table.readLine(line, number);
    }
    return List.copyOf(table.facts);
  }

  private void readLine(String line, int number) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    if (line.startsWith(" ")) {
      for (String row : line.strip().split("; ", -1)) {
        add(row(row.split(" ", -1), number));
      }
    } else {
      readHeader(List.of(line.split(" ", -1)), number);
    }
  }

  private void readHeader(List<String> words, int number) {
    kind = words.getFirst();
    if (!List.of("message", "enum", "service").contains(kind)) {
      throw wrong(number, kind, "message, enum or service");
    }
    prefix = words.getLast().startsWith("+") ? words.getLast().substring(1) : "";
    owners = words.stream().skip(1).filter(word -> !word.startsWith("+")).toList();
    add("");
  }

  private void add(String text) {
    owners.forEach(owner -> facts.add(new WireFact(kind + " " + owner, text)));
  }

  private String row(String[] words, int number) {
    if (words.length < 2) {
      throw wrong(number, String.join(" ", words), "a number and a name, or an rpc and its types");
    }
    return switch (kind) {
      case "message" -> words[0].equals("reserved") ? String.join(" ", words) : field(words);
      case "enum" -> words[0] + " " + prefix + words[1];
      case "service" -> rpc(words);
      default -> throw wrong(number, String.join(" ", words), "a header above the first row");
    };
  }

  private static String field(String[] words) {
    String type = words.length == 2 ? "string" : String.join(" ", words).split(" ", 3)[2];
    if (type.startsWith("oneof=")) {
      type = "string " + type;
    }
    return words[0] + " " + words[1] + ": " + type.replace(",", ", ");
  }

  private static String rpc(String[] words) {
    String answer = words[2].equals("stream") ? "stream " + words[3] : words[2];
    return words[0] + "(" + words[1] + ") returns (" + answer + ")";
  }

  private IllegalArgumentException wrong(int number, String found, String expected) {
    return new IllegalArgumentException(
        name + ":" + number + ": " + found + " (expected: " + expected + ")");
  }
}
