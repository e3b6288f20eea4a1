package dev.reeve.cli;

import dev.reeve.base.Text;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.ledger.AuditDamage;
import dev.reeve.ledger.Checkpoint;
import dev.reeve.ledger.ExportLine;
import dev.reeve.ledger.LedgerProblems;
import dev.reeve.ledger.MerkleFrontier;
import dev.reeve.ledger.StoredLogVerifier;
import dev.reeve.ledger.TreeHasher;
import dev.reeve.ledger.TreeHead;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `reeve audit export`: every receipt of a stored log, verified on the way.
@Command(
    name = "export",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Write every receipt of a stored log, and the signed tree head.",
    footer = {
      "jsonl is what `reeve audit verify` reads: a receipt a line, the signed tree head last. csv,",
      "cef and ocsf are for other tools and cannot be verified. What is damaged is not exported:",
      "the first such entry is named, and the exit code is 4."
    })
final class AuditExportCommand implements Callable<Integer> {
  private static final int BUFFER_BYTES = 1 << 16;

  private final CliContext context;

  @Mixin private final AuditData data = new AuditData();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "jsonl, csv, cef or ocsf (default: jsonl).")
  private String format = "jsonl";

  @Option(names = "--out", paramLabel = "FILE", description = "Where to write (default: stdout).")
  private @Nullable String out;

  AuditExportCommand(CliContext context) {
    this.context = context;
  }

  /// Every command takes it; here it changes nothing.
  @Option(names = "--json", description = "Print failures as JSON; --format says what is written.")
  void json(boolean asked) {}

  @Override
  public Integer call() {
    AuditFormat lines = lines();
    try (AuditSource.Copy copy = data.open(context)) {
      String file = out;
      if (file == null) {
        write(copy, lines, context.console().out());
      } else {
        LocalFiles.write(LocalFiles.path(file), stream -> write(copy, lines, stream));
      }
    } catch (AuditDamage e) {
      throw LedgerProblems.AUDIT_DAMAGED.because(String.valueOf(e.getMessage())).toException();
    } catch (UncheckedIOException e) {
      throw FileFailures.notWritable(out == null ? "stdout" : out, e);
    }
    return ExitCodes.OK;
  }

  private AuditFormat lines() {
    return switch (format) {
      case "jsonl" -> new JsonLinesFormat();
      case "csv" -> new CsvFormat();
      case "cef" -> new CefFormat();
      case "ocsf" -> new OcsfFormat();
      default ->
          throw CliProblems.ARGUMENT_INVALID
              .because(
                  "--format: "
                      + Text.quoteForMessage(format)
                      + " (expected: jsonl, csv, cef or ocsf)")
              .toException();
    };
  }

  /// With the key at hand everything is exported under a fresh head; without it, what the kept head
  /// covers.
  private void write(AuditSource.Copy copy, AuditFormat lines, OutputStream target) {
    OutputStream buffer = new BufferedOutputStream(target, BUFFER_BYTES);
    try {
      emit(buffer, lines.header());
      long limit = copy.signer().isPresent() ? Long.MAX_VALUE : copy.head().checkpoint().size();
      long[] left = {0};
      StoredLogVerifier.verify(
          copy.log(),
          copy.against(),
          line -> {
            if (index(line) < limit) {
              emit(buffer, lines.receipt(line));
            } else {
              left[0]++;
            }
          });
      emit(buffer, lines.head(new ExportLine.Head(copy.keys().records(), head(copy))));
      buffer.flush();
      if (left[0] > 0) {
        context
            .console()
            .note(left[0] + " receipts are not signed yet and not exported: the key is not here");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TreeHead head(AuditSource.Copy copy) {
    long size = copy.log().edge().leafCount();
    if (copy.signer().isEmpty() || size == copy.head().checkpoint().size()) {
      return copy.head();
    }
    return copy.signer()
        .get()
        .sign(
            new Checkpoint(
                copy.keys().origin(),
                size,
                MerkleFrontier.read(copy.log().edge().frontier()).root(TreeHasher.create()),
                ChronoUnit.MICROS.between(java.time.Instant.EPOCH, context.clock().instant())));
  }

  private static long index(ExportLine line) {
    return switch (line) {
      case ExportLine.Entry entry -> entry.leaf().index();
      case ExportLine.Pruned gone -> gone.index();
      case ExportLine.Proven proven -> proven.leaf().index();
      case ExportLine.Head _ -> -1;
    };
  }

  private static void emit(OutputStream target, Optional<byte[]> line) {
    try {
      if (line.isPresent()) {
        target.write(line.get());
        target.write('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
