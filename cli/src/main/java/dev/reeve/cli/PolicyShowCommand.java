package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.cli.client.SafeText;
import dev.reeve.wire.reeve.v1.GetPolicySnapshotResponse;
import dev.reeve.wire.reeve.v1.PolicyFile;
import dev.reeve.wire.reeve.v1.PolicySnapshot;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve policy show`: the text of a policy that is or was in force. What is given is held against
/// the id, so nobody's word is needed for it.
@Command(
    name = "show",
    description = "Print the text of a policy that is or was in force.",
    footer = {
      "One file is printed as it was read; before each of several there is a line with its name.",
      "Exit code 4 when the files are not those that the snapshot names."
    })
final class PolicyShowCommand extends ClientCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "SNAPSHOT",
      description = "Id of the policy, as in receipts (default: the one in force).")
  private @Nullable String snapshot;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Write the files to this folder, which is made.")
  private @Nullable String folder;

  @Mixin private final PastPoliciesOptions past = new PastPoliciesOptions();

  PolicyShowCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    try (PastPolicies policies = past.open(context(), connection)) {
      String id = snapshot == null ? newest(policies) : snapshot;
      if (id.isEmpty()) {
        console().note("no policy is in force");
      } else {
        show(id, policies.get(id));
      }
    }
    return ExitCodes.OK;
  }

  private void show(String id, GetPolicySnapshotResponse shown) {
    ShownPolicy policy = new ShownPolicy(shown.getFilesList());
    policy.requireNamed(id);
    if (folder != null) {
      String usage = policy.writeTo(LocalFiles.path(folder));
      if (!json()) {
        console().note("try it with: reeve policy check " + SafeText.line(usage));
      }
    }
    if (json()) {
      console().say(Json.line(folder == null ? shown : shown.getSnapshot()));
    } else if (folder == null) {
      print(shown.getFilesList());
    }
  }

  private static String newest(PastPolicies policies) {
    List<PolicySnapshot> all = policies.newestFirst();
    return all.isEmpty() ? "" : all.getFirst().getId();
  }

  private void print(List<PolicyFile> files) {
    PrintStream out = console().out();
    try {
      for (PolicyFile file : files) {
        if (files.size() > 1) {
          out.println(
              "# " + (file.getInvariants() ? "floor " : "") + SafeText.line(file.getName()));
        }
        if (console().terminal().out()) {
          out.print(SafeText.lines(file.getContent().toStringUtf8()));
        } else {
          file.getContent().writeTo(out);
        }
        if (files.size() > 1 && !endsLine(file)) {
          out.println();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean endsLine(PolicyFile file) {
    int size = file.getContent().size();
    return size == 0 || file.getContent().byteAt(size - 1) == '\n';
  }
}
