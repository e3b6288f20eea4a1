package dev.reeve.cli;

import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.governance.genome.Genome;
import dev.reeve.governance.genome.GenomeDocument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve genome build`: a genome without signatures, from a template.
@Command(
    name = "build",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Make an unsigned genome from a template.",
    footer = {
      "The template is a JSON object with any members of the format; a genome is one. What the",
      "options name is set, schema_version and created_at too; signatures are left out."
    })
final class GenomeBuildCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(index = "0", paramLabel = "TEMPLATE", description = "The template.")
  private String template = "";

  @Option(names = "--name", paramLabel = "NAME", description = "Its name.")
  private @Nullable String name;

  @Option(names = "--version", paramLabel = "VERSION", description = "Its version.")
  private @Nullable String version;

  @Option(
      names = "--signer",
      paramLabel = "FILE",
      description = "The public half of a signer's key, as keygen writes it, or PEM; repeatable.")
  private List<String> signers = new ArrayList<>();

  @Option(
      names = "--threshold",
      paramLabel = "N",
      description = "How many of the signers it takes (default: all of them).")
  private @Nullable Integer threshold;

  @Option(
      names = "--manifest",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files of the build, below --root.")
  private List<String> manifest = new ArrayList<>();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The folder that paths of the manifest begin at (default: .).")
  private String root = ".";

  @Option(
      names = "--after",
      paramLabel = "FILE",
      description = "The genome in force: becomes the parent, and the sequence goes on.")
  private @Nullable String after;

  @Option(
      names = "--revoke",
      paramLabel = "FILE",
      description = "A signer whose signatures count no more; repeatable.")
  private List<String> revoked = new ArrayList<>();

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "When it ceases to hold, such as 2027-01-31T00:00:00Z.")
  private @Nullable String expires;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where it goes (default: standard output).")
  private @Nullable String out;

  GenomeBuildCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    GenomeDocument document = identity(GenomeFiles.document(template).unsigned());
    document = lists(after(signers(document)));
    Genome genome = GenomeFiles.genome(template, document.reading());
    String text = document.text();
    if (out == null) {
      context.console().out().print(text);
    } else {
      LocalFiles.write(
          LocalFiles.path(out), file -> file.write(text.getBytes(StandardCharsets.UTF_8)));
    }
    context.console().note("built genome_id=" + genome.id());
    return ExitCodes.OK;
  }

  private GenomeDocument identity(GenomeDocument from) {
    String now = context.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
    GenomeDocument document =
        from.withText("schema_version", "genome.v0.1").withText("created_at", now);
    if (name != null) {
      document = document.withText("name", name);
    }
    if (version != null) {
      document = document.withText("version", version);
    }
    return expires == null ? document : document.withText("expires_at", expires);
  }

  private GenomeDocument signers(GenomeDocument document) {
    if (signers.isEmpty()) {
      return document;
    }
    int needed = threshold == null ? signers.size() : threshold;
    return document.withAuthority(
        new Genome.Authority(signers.stream().map(GenomeFiles::signer).toList(), needed));
  }

  private GenomeDocument after(GenomeDocument document) {
    List<String> revokedKeys = new ArrayList<>();
    GenomeDocument next = document;
    if (after != null) {
      Genome old = GenomeFiles.genome(after);
      revokedKeys.addAll(old.revokedKeys());
      next =
          document
              .withTexts("parents", List.of(old.id()))
              .withNumber("sequence", old.sequence() + 1);
    }
    revoked.forEach(file -> revokedKeys.add(GenomeFiles.signer(file).publicKey()));
    return revokedKeys.isEmpty() ? next : next.withTexts("revoked_keys", revokedKeys);
  }

  /// Lists that a template may leave out when there is nothing to say.
  private GenomeDocument lists(GenomeDocument from) {
    GenomeDocument document = from;
    if (!document.has("parents")) {
      document = document.withTexts("parents", List.of());
    }
    if (!document.has("invariants")) {
      document = document.withInvariants(List.of());
    }
    if (!document.has("capabilities")) {
      document = document.withCapabilities(List.of());
    }
    boolean files = !manifest.isEmpty() || !document.has("build_manifest");
    return files ? document.withFiles(manifest.stream().map(this::file).toList()) : document;
  }

  private Genome.ManifestFile file(String path) {
    Path folder = LocalFiles.path(root).toAbsolutePath().normalize();
    String relative = folder.relativize(folder.resolve(path).normalize()).toString();
    return GenomeFiles.digest(folder, relative)
        .map(digest -> new Genome.ManifestFile(relative, digest))
        .orElseThrow(() ->
            CliProblems.FILE_UNREADABLE
                .because("--manifest: \"" + path + "\": no such file below " + root)
                .toException());
  }
}
