package dev.reeve.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.compiler.Certificate;
import dev.reeve.quantum.compiler.CircuitEquivalence;
import dev.reeve.quantum.drawing.OperationText;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve diff`: what is different between two circuits; asks nobody.
@Command(
    name = "diff",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Show what changed between two circuits.",
    footer = {
      "Operations after the programs were read: loops that can be unrolled are, gates of their own"
          + " are",
      "what they are made of. Exit code 0 whatever the answer."
    })
final class DiffCommand implements Callable<Integer> {
  private static final int LINES_SHOWN = 40;

  private final CliContext context;

  @Parameters(index = "0", paramLabel = "A", description = CircuitFile.FORMS)
  private String first = "";

  @Parameters(index = "1", paramLabel = "B", description = "Another one.")
  private String second = "";

  @Option(names = "--all", description = "Every changed operation, not the first 40.")
  private boolean all;

  @Mixin private final InputOption inputs = new InputOption();

  @Option(
      names = "--json",
      description = "Print {before, after, changes, equivalent, method} on one line.")
  private boolean json;

  DiffCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    List<Circuit> circuits =
        CircuitFile.open(
            List.of(CircuitFile.read(first), CircuitFile.read(second)), inputs.values());
    Circuit before = circuits.getFirst();
    Circuit after = circuits.getLast();
    Optional<List<LineDiff.Change>> changes =
        LineDiff.of(
            new OperationText(before, "pi").lines(), new OperationText(after, "pi").lines());
    Certificate certificate = CircuitEquivalence.compare(before, after);
    if (json) {
      context.console().say(line(before, after, changes, certificate));
    } else {
      print(CircuitFacts.of(before), CircuitFacts.of(after), changes, certificate);
    }
    return ExitCodes.OK;
  }

  private static String line(
      Circuit before,
      Circuit after,
      Optional<List<LineDiff.Change>> changes,
      Certificate certificate) {
    JsonObject line = new JsonObject();
    line.add("before", CircuitFacts.of(before).json());
    line.add("after", CircuitFacts.of(after).json());
    line.add("changes", JsonNull.INSTANCE);
    changes.ifPresent(list -> {
      JsonArray rows = new JsonArray();
      for (LineDiff.Change change : list) {
        JsonObject row = new JsonObject();
        row.addProperty("change", change.added() ? "added" : "removed");
        row.addProperty("operation", change.number());
        row.addProperty("text", change.text().strip());
        rows.add(row);
      }
      line.add("changes", rows);
    });
    JsonObject verdict = CompileCommand.certificate(certificate);
    line.add("equivalent", verdict.get("equivalent"));
    line.add("method", verdict.get("method"));
    return Json.withNulls(line);
  }

  private void print(
      CircuitFacts before,
      CircuitFacts after,
      Optional<List<LineDiff.Change>> changes,
      Certificate certificate) {
    Table rows = new Table("of", "A", "B", "change");
    row(rows, "qubits", before.qubits(), after.qubits());
    row(rows, "bits", before.bits(), after.bits());
    row(rows, "depth", before.metrics().depth(), after.metrics().depth());
    row(rows, "gates", before.metrics().gates(), after.metrics().gates());
    row(rows, "on two", before.metrics().twoQubitGates(), after.metrics().twoQubitGates());
    row(rows, "on more", before.metrics().largerGates(), after.metrics().largerGates());
    TreeSet<String> names = new TreeSet<>(before.counts().keySet());
    names.addAll(after.counts().keySet());
    for (String name : names) {
      row(
          rows,
          "  " + name,
          before.counts().getOrDefault(name, 0),
          after.counts().getOrDefault(name, 0));
    }
    Console console = context.console();
    rows.lines().forEach(console::say);
    console.say("");
    changes.ifPresentOrElse(
        this::print, () -> console.say("operations: more than 2,000 changes, not listed"));
    console.say("");
    console.say(
        certificate
            .equivalent()
            .map(same ->
                (same ? "equivalent" : "not equivalent") + CompileCommand.bindings(certificate))
            .orElse("equivalence unknown: too wide, or too many branches"));
  }

  private static void row(Table rows, String name, int before, int after) {
    String change = before == after ? "" : "%+d".formatted(after - before);
    rows.row(name, Integer.toString(before), Integer.toString(after), change);
  }

  private void print(List<LineDiff.Change> changes) {
    Console console = context.console();
    if (changes.isEmpty()) {
      console.say("the same operations");
    }
    int shown = all ? changes.size() : Math.min(LINES_SHOWN, changes.size());
    for (LineDiff.Change change : changes.subList(0, shown)) {
      console.say((change.added() ? "+ " : "- ") + change.number() + ": " + change.text());
    }
    if (shown < changes.size()) {
      console.say("and %d more (--all)".formatted(changes.size() - shown));
    }
  }
}
