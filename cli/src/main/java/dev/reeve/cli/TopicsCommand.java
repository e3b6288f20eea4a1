package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.ListTopicsRequest;
import dev.reeve.wire.reeve.v1.Topic;
import java.util.List;
import picocli.CommandLine.Command;

/// `reeve topics`: which topics are served, by whom, and what waits on them.
@Command(name = "topics", description = "List the topics that workers serve or jobs wait on.")
final class TopicsCommand extends ClientCommand {
  TopicsCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    List<Topic> topics =
        connection
            .call(() -> connection.pools().listTopics(ListTopicsRequest.getDefaultInstance()))
            .getTopicsList();
    if (json()) {
      topics.forEach(topic -> console().say(Json.line(topic)));
    } else if (topics.isEmpty()) {
      console().note("no topic is served");
    } else {
      table(topics).lines().forEach(console().out()::println);
    }
    return ExitCodes.OK;
  }

  private static Table table(List<Topic> topics) {
    Table table = new Table("TOPIC", "POOLS", "WORKERS", "FREE", "WAITING");
    for (Topic topic : topics) {
      table.row(
          topic.getName(),
          String.join(",", topic.getPoolsList()),
          String.valueOf(topic.getWorkers()),
          String.valueOf(topic.getCredit()),
          String.valueOf(topic.getWaiting()));
    }
    return table;
  }
}
