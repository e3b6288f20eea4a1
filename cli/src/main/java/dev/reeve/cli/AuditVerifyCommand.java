package dev.reeve.cli;

import com.google.gson.JsonObject;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.Text;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.ledger.AuditDamage;
import dev.reeve.ledger.ExportReader;
import dev.reeve.ledger.LedgerProblems;
import dev.reeve.ledger.StoredLogVerifier;
import dev.reeve.ledger.TreeHead;
import dev.reeve.ledger.Verified;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve audit verify`: whether an export, a proof or a stored log is what was written; asks
/// nobody.
@Command(
    name = "verify",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Verify an audit export, a proof, or a stored log, without a server.",
    footer = {
      "Every bit counts. The first entry that is not in order is named by line, index and job; the",
      "exit code is 0 when all is in order, 4 when it is not, 2 when nothing could be looked at."
    })
final class AuditVerifyCommand implements Callable<Integer> {
  private static final int CHECKPOINT_BYTES_MAX = 1024 * 1024;

  private final CliContext context;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description = "An export (JSON Lines), or receipts with proofs; - for standard input.")
  private @Nullable String file;

  @Mixin private final AuditData data = new AuditData();

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description =
          "A signed head that was kept elsewhere, as a note or as the last line of an export: the"
              + " log must still extend it.")
  private @Nullable String checkpoint;

  @Option(names = "--json", description = "Print one line of JSON.")
  private boolean json;

  AuditVerifyCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String named = file;
    if ((named == null) != data.given()) {
      throw CliProblems.ARGUMENT_INVALID
          .because(
              "FILE and --data: "
                  + (data.given() ? "both" : "none")
                  + " given (expected: one of them)")
          .toException();
    }
    Optional<TreeHead> kept = Optional.ofNullable(checkpoint).map(AuditVerifyCommand::kept);
    try {
      Verified verified = named == null ? verifyData(kept) : verifyFile(named, kept);
      print(verified);
      return ExitCodes.OK;
    } catch (AuditDamage e) {
      if (json) {
        printDamage(e);
      }
      throw LedgerProblems.AUDIT_DAMAGED.because(String.valueOf(e.getMessage())).toException();
    }
  }

  private Verified verifyData(Optional<TreeHead> kept) {
    try (AuditSource.Copy copy = data.open(context)) {
      StoredLogVerifier.Against against = copy.against();
      return StoredLogVerifier.verify(
          copy.log(),
          new StoredLogVerifier.Against(against.head(), against.keys(), against.tile(), kept),
          _ -> {});
    }
  }

  private Verified verifyFile(String named, Optional<TreeHead> kept) {
    try {
      if (named.equals("-")) {
        return ExportReader.verify(context.console().in(), kept);
      }
      Path path = LocalFiles.path(named);
      try (InputStream in = Files.newInputStream(path)) {
        return ExportReader.verify(in, kept);
      }
    } catch (IOException e) {
      throw CliProblems.FILE_UNREADABLE
          .because(Text.quoteForMessage(named) + ": cannot be read")
          .with("cause", e.getClass().getSimpleName() + " " + e.getMessage())
          .toException();
    }
  }

  private static TreeHead kept(String named) {
    byte[] bytes = LocalFiles.read(LocalFiles.path(named), CHECKPOINT_BYTES_MAX);
    try {
      return KeptCheckpoint.read(bytes);
    } catch (CanonicalFormatException e) {
      throw CliProblems.ARGUMENT_INVALID
          .because(
              "--checkpoint: "
                  + Text.quoteForMessage(named)
                  + ": "
                  + e.getMessage()
                  + " (expected: a signed note, or an export)")
          .toException();
    }
  }

  private void print(Verified verified) {
    if (json) {
      JsonObject line = new JsonObject();
      line.addProperty("verified", true);
      line.addProperty("receipts", verified.receipts());
      line.addProperty("pruned", verified.pruned());
      line.addProperty("unsigned", verified.unsigned());
      line.addProperty("size", verified.head().checkpoint().size());
      line.addProperty("root_hash", verified.head().checkpoint().root().hex());
      line.addProperty("origin", verified.keys().origin());
      line.addProperty("key", verified.keys().records().getFirst().key().text());
      line.addProperty("signed_at", EpochMicros.text(verified.head().checkpoint().atMicros()));
      context.console().say(Json.line(line));
      return;
    }
    Facts facts =
        new Facts()
            .add("verified", "yes")
            .add("receipts", Long.toString(verified.receipts()))
            .add("log", verified.keys().origin())
            .add("size", Long.toString(verified.head().checkpoint().size()))
            .add("root", verified.head().checkpoint().root().hex())
            .add("signed at", EpochMicros.text(verified.head().checkpoint().atMicros()));
    if (verified.pruned() > 0) {
      facts.add("pruned", verified.pruned() + " receipts, known by their hash");
    }
    if (verified.unsigned() > 0) {
      facts.add("not signed yet", verified.unsigned() + " receipts");
    }
    facts.lines().forEach(context.console()::say);
  }

  private void printDamage(AuditDamage damage) {
    JsonObject line = new JsonObject();
    line.addProperty("verified", false);
    line.addProperty("where", damage.where());
    line.addProperty("what", damage.what());
    context.console().say(Json.line(line));
  }
}
