package dev.reeve.cli;

import com.google.gson.JsonObject;
import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemException;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.governance.genome.BuildManifest;
import dev.reeve.governance.genome.Genome;
import dev.reeve.governance.genome.GenomeProblems;
import dev.reeve.governance.genome.GenomeReader;
import dev.reeve.governance.genome.GenomeRotation;
import dev.reeve.governance.genome.GenomeVerification;
import dev.reeve.governance.genome.GenomeVerifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve genome verify`: whether a document is a genome that its own authority signed.
@Command(
    name = "verify",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Say whether a genome is valid.",
    footer = {
      "Trusts the authority that the document names. Exit code 0 only when it is valid;"
          + " reason_code",
      "is empty then."
    })
final class GenomeVerifyCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(index = "0", paramLabel = "FILE", description = "The genome.")
  private String file = "";

  @Option(
      names = "--files",
      paramLabel = "DIR",
      description = "Compare the build manifest with the files below this folder.")
  private @Nullable String files;

  @Option(
      names = "--after",
      paramLabel = "FILE",
      description = "Say whether it may follow this genome, too.")
  private @Nullable String after;

  @Option(
      names = "--json",
      description = "Print {verified, genome_id, schema_valid, reason_code} on one line.")
  private boolean json;

  GenomeVerifyCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    GenomeVerification verification = verify();
    verification.problems().forEach(problem -> context.console().note("genome: " + problem));
    if (json) {
      context.console().say(line(verification));
    } else {
      new Facts()
          .add("verified", verification.verified() ? "yes" : "no")
          .add("genome_id", verification.genomeId())
          .add("schema_valid", verification.schemaValid() ? "yes" : "no")
          .add("reason_code", reason(verification))
          .lines()
          .forEach(context.console()::say);
    }
    return verification.verified() ? ExitCodes.OK : ExitCodes.USER_ERROR;
  }

  private GenomeVerification verify() {
    Bytes document;
    try {
      document = Bytes.wrap(LocalFiles.read(LocalFiles.path(file), GenomeReader.SIZE_MAX));
    } catch (ProblemException e) {
      String message = e.problem().message();
      return e.problem().code().equals(CliProblems.FILE_TOO_LARGE)
          ? GenomeVerification.unreadable("", List.of(message))
          : GenomeVerification.missing(message);
    }
    GenomeVerification own = GenomeVerifier.verify(document, context.clock().instant());
    if (!own.verified()) {
      return own;
    }
    Genome genome = own.genome().orElseThrow();
    return checkFiles(genome).or(() -> checkRotation(genome)).orElse(own);
  }

  private Optional<GenomeVerification> checkFiles(Genome genome) {
    if (files == null) {
      return Optional.empty();
    }
    Path root = LocalFiles.path(files);
    List<String> mismatches =
        BuildManifest.mismatches(genome, path -> GenomeFiles.digest(root, path));
    return mismatches.isEmpty()
        ? Optional.empty()
        : Optional.of(
            GenomeVerification.refused(
                genome, GenomeProblems.GENOME_MANIFEST_MISMATCH, mismatches));
  }

  private Optional<GenomeVerification> checkRotation(Genome genome) {
    return Optional.ofNullable(after)
        .flatMap(old -> GenomeRotation.refusal(GenomeFiles.genome(old), genome))
        .map(problem ->
            GenomeVerification.refused(
                genome, GenomeProblems.GENOME_ROTATION_REFUSED, List.of(problem)));
  }

  private static String line(GenomeVerification verification) {
    JsonObject line = new JsonObject();
    line.addProperty("verified", verification.verified());
    line.addProperty("genome_id", verification.genomeId());
    line.addProperty("schema_valid", verification.schemaValid());
    line.addProperty("reason_code", reason(verification));
    return line.toString();
  }

  private static String reason(GenomeVerification verification) {
    return verification.reason().map(ProblemCode::reason).orElse("");
  }
}
