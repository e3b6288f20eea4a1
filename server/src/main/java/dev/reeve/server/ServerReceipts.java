package dev.reeve.server;

import dev.reeve.engine.Answer;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.ledger.Receipt;
import dev.reeve.service.Caller;
import java.util.List;

/// Receipts of what the server itself does.
final class ServerReceipts {
  private static final String START = "action:server:start";

  private final Writer writer;

  ServerReceipts(Writer writer) {
    this.writer = writer;
  }

  /// The server takes calls from now on, under this policy. Does not wait.
  void started(String snapshot) {
    Receipt receipt =
        Receipt.of(START, "start")
            .withSubject("", "", Caller.LOCAL_OPERATOR)
            .withRule("", "", snapshot);
    writer.offer(new LogCommand.Note(List.of(receipt), Answer.none()));
  }
}
