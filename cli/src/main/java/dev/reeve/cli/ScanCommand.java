package dev.reeve.cli;

import dev.reeve.base.Bytes;
import dev.reeve.base.Text;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.scan.ContentScanner;
import dev.reeve.scan.CustomScanners;
import dev.reeve.scan.Finding;
import dev.reeve.scan.ScanResult;
import dev.reeve.scan.ScanRules;
import dev.reeve.scan.ScannerNames;
import dev.reeve.wire.cordum.v1.OutputFinding;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `reeve scan`: what the detectors find in texts; asks nobody.
@Command(
    name = "scan",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Find secrets, personal data and injections in texts.",
    footer = {
      "Reads JSON Lines, {\"text\": ..., \"scanners\": [...]}, and prints {\"findings\": [...]} for"
          + " each.",
      "Without scanners all of them look. Exit code 0 whatever was found."
    })
final class ScanCommand implements Callable<Integer> {
  private static final int SCANNERS_FILE_BYTES_MAX = 1024 * 1024;

  /// Said where there were more hits than a scan keeps: such a text must not look clean.
  private static final OutputFinding TRUNCATED =
      OutputFinding.newBuilder()
          .setType("content_truncated")
          .setSeverity("critical")
          .setDetail("more hits than are kept: what came after them was not looked at")
          .setConfidence(1)
          .build();

  private final CliContext context;

  @Option(
      names = "--in",
      paramLabel = "FILE",
      description = "Where the lines are; - for standard input (default: -).")
  private String in = "-";

  @Option(
      names = "--scanners",
      paramLabel = "FILE",
      description = "Scanners of your own (YAML); one with a built-in name replaces that.")
  private @Nullable String scannersFile;

  ScanCommand(CliContext context) {
    this.context = context;
  }

  /// Every command takes it; here it changes nothing.
  @Option(names = "--json", description = "Print JSON; there is no other form.")
  void json(boolean asked) {}

  @Override
  public Integer call() {
    Optional<CustomScanners> custom =
        Optional.ofNullable(scannersFile)
            .map(name -> LocalFiles.read(LocalFiles.path(name), SCANNERS_FILE_BYTES_MAX))
            .map(bytes -> CustomScanners.parse(new String(bytes, StandardCharsets.UTF_8)));
    ScanRules rules = rules(custom).build();
    ContentScanner scanner = new ContentScanner(rules);
    BatchLines.answer(
        context.console(), in, line -> scan(ScanInput.read(line), scanner, rules.scanners()));
    return ExitCodes.OK;
  }

  /// Limits are counted for each scanner alone, so leaving out findings afterwards is the same as
  /// not having looked for them.
  private static String scan(ScanInput input, ContentScanner scanner, Set<String> all) {
    Set<String> wanted = input.scanners().map(names -> known(names, all)).orElse(all);
    ScanResult result = scanner.scan(Bytes.utf8(input.text()));
    Stream<OutputFinding> found =
        result.findings().stream()
            .filter(finding -> wanted.contains(finding.scanner()))
            .map(ScanCommand::encode);
    return Stream.concat(found, result.overflow() ? Stream.of(TRUNCATED) : Stream.empty())
        .map(Json::line)
        .collect(Collectors.joining(",", "{\"findings\":[", "]}"));
  }

  private static ScanRules.Builder rules(Optional<CustomScanners> custom) {
    ScanRules.Builder rules =
        ScanRules.builder().addBuiltIn().addPlugIns(ScanCommand.class.getClassLoader());
    custom.ifPresent(rules::addCustom);
    return rules;
  }

  private static Set<String> known(Set<String> names, Set<String> known) {
    Set<String> canonical = new TreeSet<>();
    for (String name : names) {
      String scanner = ScannerNames.canonical(name);
      if (!known.contains(scanner)) {
        throw new IllegalArgumentException(
            "scanners: "
                + Text.quoteForMessage(name)
                + " (expected: "
                + String.join(", ", known)
                + ")");
      }
      canonical.add(scanner);
    }
    return canonical;
  }

  private static OutputFinding encode(Finding finding) {
    return OutputFinding.newBuilder()
        .setType(finding.type())
        .setSeverity(finding.severity().word())
        .setDetail(finding.detail())
        .setOffset(finding.start())
        .setLength(finding.length())
        .setScanner(finding.scanner())
        .setConfidence((float) finding.confidence())
        .setMatchedPattern(finding.detector())
        .build();
  }
}
