package dev.reeve.cli;

import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.HeldOutput;
import dev.reeve.wire.reeve.v1.ReadHeldOutputRequest;
import dev.reeve.wire.reeve.v1.ReadHeldOutputResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `reeve output show`: a held output as it was made. The server keeps a receipt of the look.
@Command(
    name = "show",
    description = "Print an output that was held back.",
    footer = "With --json it is said what it is, in place of its bytes, unless --out is given.")
final class OutputShowCommand extends ClientCommand {
  @Mixin private final JobArgument job = new JobArgument();

  @Option(names = "--out", paramLabel = "FILE", description = "Write to this file.")
  private @Nullable String file;

  OutputShowCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    ReadHeldOutputRequest request =
        ReadHeldOutputRequest.newBuilder().setJobId(job.jobId()).build();
    Iterator<ReadHeldOutputResponse> parts = connection.heldOutputStreams().readHeldOutput(request);
    String name = file;
    if (name == null) {
      copy(connection, parts, json() ? OutputStream.nullOutputStream() : console().out());
    } else {
      LocalFiles.write(LocalFiles.path(name), out -> copy(connection, parts, out));
    }
    return ExitCodes.OK;
  }

  private void copy(
      Connection connection, Iterator<ReadHeldOutputResponse> parts, OutputStream out) {
    try {
      HeldOutput output = HeldOutput.getDefaultInstance();
      while (connection.call(parts::hasNext)) {
        ReadHeldOutputResponse part = parts.next();
        if (part.hasOutput()) {
          output = part.getOutput();
        } else {
          part.getChunk().writeTo(out);
        }
      }
      if (json()) {
        console().say(Json.line(output));
      }
    } catch (IOException e) {
      throw CliProblems.FILE_UNREADABLE
          .because("--out: cannot be written")
          .with("cause", e.getClass().getSimpleName() + " " + e.getMessage())
          .toException();
    }
  }
}
