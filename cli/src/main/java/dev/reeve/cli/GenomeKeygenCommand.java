package dev.reeve.cli;

import dev.reeve.cli.client.ExitCodes;
import dev.reeve.governance.genome.Genome;
import dev.reeve.governance.genome.Signers;
import dev.reeve.governance.genome.SigningKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve genome keygen`: a private key for its owner, and its public half for everybody.
@Command(
    name = "keygen",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Make a key that signs genomes.",
    footer = {
      "FILE gets the private key (PKCS #8, PEM, mode 600), FILE.pub the signer's entry for",
      "authority.signers, which is printed too. Nothing is written over."
    })
final class GenomeKeygenCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "FILE", description = "Where the private key goes.")
  private String file = "";

  @Option(
      names = "--key-id",
      paramLabel = "ID",
      description = "Name of the key (default: 16 hex digits of its hash).")
  private @Nullable String keyId;

  GenomeKeygenCommand(Console console) {
    this.console = console;
  }

  /// Every command takes it; here it changes nothing.
  @Option(names = "--json", description = "Print JSON; there is no other form.")
  void json(boolean asked) {}

  @Override
  public Integer call() {
    SigningKey.Pair pair = SigningKey.generate(new SecureRandom());
    String name = keyId == null ? pair.signer().keyId() : keyId;
    String entry = Signers.text(new Genome.Signer(name, pair.signer().publicKey()));
    Path path = LocalFiles.path(file);
    GenomeFiles.writeSecret(path, pair.key().pem());
    LocalFiles.write(
        path.resolveSibling(path.getFileName() + ".pub"),
        out -> out.write(entry.getBytes(StandardCharsets.UTF_8)));
    console.out().print(entry);
    return ExitCodes.OK;
  }
}
