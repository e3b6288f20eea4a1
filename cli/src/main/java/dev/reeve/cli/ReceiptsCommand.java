package dev.reeve.cli;

import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalReader;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.ledger.ExportLine;
import dev.reeve.ledger.KeyRecord;
import dev.reeve.ledger.Leaf;
import dev.reeve.ledger.Receipt;
import dev.reeve.ledger.TreeHead;
import dev.reeve.wire.reeve.v1.GetInclusionProofRequest;
import dev.reeve.wire.reeve.v1.GetInclusionProofResponse;
import dev.reeve.wire.reeve.v1.ListReceiptsRequest;
import dev.reeve.wire.reeve.v1.ListReceiptsResponse;
import dev.reeve.wire.reeve.v1.ReceiptLeaf;
import dev.reeve.wire.reeve.v1.ReceiptProof;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve receipts`: what was decided, of one job or of all, with proofs when asked.
@Command(
    name = "receipts",
    description = "Show the receipts of a job, or of all.",
    footer = {
      "With --proof each line is a receipt, its proof, the signed head and the keys, as canonical",
      "JSON: `reeve audit verify` takes them as they are."
    })
final class ReceiptsCommand extends ClientCommand {
  private static final int PAGE_SIZE = 1_000;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "JOB",
      converter = Converters.JobId.class,
      description = "Id of the job; without it, every receipt that you may read.")
  private @Nullable String jobId;

  @Option(names = "--proof", description = "Print lines that verify without a server.")
  private boolean proof;

  ReceiptsCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    String job = jobId;
    if (!proof) {
      list(connection, job == null ? "" : job);
    } else if (job == null) {
      throw CliProblems.ARGUMENT_INVALID
          .because("--proof: without JOB (expected: a job; `reeve audit export` proves all)")
          .toException();
    } else {
      prove(connection, job);
    }
    return ExitCodes.OK;
  }

  private void list(Connection connection, String job) {
    ListReceiptsRequest.Builder request =
        ListReceiptsRequest.newBuilder().setJobId(job).setPageSize(PAGE_SIZE);
    Table table = new Table("INDEX", "TIME", "JOB", "ACTOR", "ACTION", "DECISION", "RULE");
    boolean more = true;
    while (more) {
      ListReceiptsResponse page =
          connection.call(() -> connection.audit().listReceipts(request.build()));
      for (ReceiptLeaf leaf : page.getLeavesList()) {
        show(leaf, table);
      }
      request.setPageToken(page.getNextPageToken());
      more = !page.getNextPageToken().isEmpty();
    }
    if (!json()) {
      table.lines().forEach(console().out()::println);
    }
  }

  private void show(ReceiptLeaf message, Table table) {
    Leaf leaf = Leaf.read(bytes(message.getLeaf()));
    Receipt receipt = leaf.receipt();
    if (json()) {
      JsonObject line = new JsonObject();
      line.addProperty("index", leaf.index());
      line.addProperty("job_id", receipt.job());
      line.addProperty("time", EpochMicros.text(leaf.atMicros()));
      line.addProperty("tenant", receipt.tenant());
      line.addProperty("actor", receipt.actor());
      line.addProperty("action", receipt.action());
      line.addProperty("decision", receipt.decision());
      line.addProperty("rule", receipt.rule());
      line.addProperty("reason", receipt.reason());
      line.addProperty("snapshot", receipt.snapshot());
      line.addProperty("genome", receipt.genome());
      line.addProperty("hash", message.getLeafHash());
      console().say(Json.line(line));
    } else {
      table.row(
          Long.toString(leaf.index()),
          EpochMicros.text(leaf.atMicros()),
          receipt.job(),
          receipt.actor(),
          receipt.action(),
          receipt.decision(),
          receipt.rule());
    }
  }

  private void prove(Connection connection, String job) {
    GetInclusionProofRequest request = GetInclusionProofRequest.newBuilder().setJobId(job).build();
    GetInclusionProofResponse response =
        connection.call(() -> connection.audit().getInclusionProof(request));
    List<KeyRecord> keys =
        response.getKeysList().stream()
            .map(key -> KeyRecord.of(CanonicalReader.object(Bytes.utf8(key))))
            .toList();
    ExportLine.Head head = new ExportLine.Head(keys, TreeHead.read(response.getHead().getNote()));
    for (ReceiptProof one : response.getProofsList()) {
      Bytes leaf = bytes(one.getLeaf().getLeaf());
      ExportLine.Proven line =
          new ExportLine.Proven(
              Leaf.read(leaf),
              leaf,
              Bytes.hex(one.getLeaf().getLeafHash()),
              one.getPathList().stream().map(Bytes::hex).toList(),
              head);
      console().say(line.toBytes().utf8());
    }
  }

  private static Bytes bytes(ByteString message) {
    return Bytes.wrap(message.toByteArray());
  }
}
