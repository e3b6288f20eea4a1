package dev.reeve.cli;

import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.governance.genome.Genome;
import dev.reeve.governance.genome.GenomeDocument;
import dev.reeve.governance.genome.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve genome sign`: one more signature.
@Command(
    name = "sign",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Add a signature to a genome.",
    footer = {
      "The signer is found by the key: among the genome's own authority, then that of --after.",
      "A second signature of the same signer replaces the first."
    })
final class GenomeSignCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "FILE", description = "The genome.")
  private String file = "";

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The private key (PKCS #8, PEM).")
  private String key = "";

  @Option(
      names = "--after",
      paramLabel = "FILE",
      description = "The genome in force: its signers must sign the next one too.")
  private @Nullable String after;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the signed genome goes (default: back to FILE).")
  private @Nullable String out;

  GenomeSignCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    GenomeDocument document = GenomeFiles.document(file);
    Genome genome = GenomeFiles.genome(file, document.reading());
    SigningKey signing = GenomeFiles.key(key);
    List<Genome.Signer> signers = new ArrayList<>(genome.authority().signers());
    if (after != null) {
      signers.addAll(GenomeFiles.genome(after).authority().signers());
    }
    Genome.Signer signer =
        signers.stream()
            .filter(signing::is)
            .findFirst()
            .orElseThrow(() ->
                CliProblems.ARGUMENT_INVALID
                    .because(
                        "--key: not the key of a signer (expected: one of authority.signers, or of"
                            + " the genome in force, named by --after)")
                    .toException());
    String signed = document.signedBy(signing, signer.keyId()).text();
    LocalFiles.write(
        LocalFiles.path(out == null ? file : out),
        stream -> stream.write(signed.getBytes(StandardCharsets.UTF_8)));
    console.note("signed by " + signer.keyId() + " genome_id=" + genome.id());
    return ExitCodes.OK;
  }
}
