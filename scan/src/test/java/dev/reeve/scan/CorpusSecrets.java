package dev.reeve.scan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/// Secrets of every kind, as they leak: in environment files, JSON, YAML, code, logs, chats.
final class CorpusSecrets {
  private static final List<String> AROUND_TOKENS =
      List.of(
          "%s",
          "API_VALUE=%s\nLOG_LEVEL=info\n",
          "{\"user\":\"svc\",\"value\":\"%s\",\"ttl\":3600}",
          "auth:\n  value: %s\n  region: eu-west-1\n",
          "const client = new Client('%s');",
          "2026-03-01T10:00:00Z WARN refused credential %s, retrying",
          "Hi, use `%s` until Friday please.",
          "curl -H \"X-Auth: %s\" https://api.corp.test/v1/things",
          "<input type=\"hidden\" value=\"%s\"/>",
          "| staging | %s | rotated |");

  private static final List<String> AROUND_LINES =
      List.of(
          "%s",
          "export %s\n",
          "# settings\n%s\n# end\n",
          "- run: |\n    %s\n",
          "  %s,\n  \"debug\": true");

  private CorpusSecrets() {}

  static List<CorpusItem> make(Random random, int perTemplate) {
    TokenTemplate templates = new TokenTemplate(random);
    List<CorpusItem> items = new ArrayList<>();
    for (String line : lines()) {
      String detector = line.substring(0, line.indexOf(' '));
      String template = line.substring(line.indexOf(' ') + 1);
      for (int i = 0; i < perTemplate; i++) {
        items.add(item(detector, templates.fill(template), random));
      }
    }
    return items;
  }

  private static CorpusItem item(String detector, String filled, Random random) {
    int open = filled.indexOf('«');
    String value = open < 0 ? filled : filled.substring(open + 1, filled.indexOf('»'));
    String shown = filled.replace("«", "").replace("»", "");
    List<String> around = open < 0 ? AROUND_TOKENS : AROUND_LINES;
    String text = around.get(random.nextInt(around.size())).replace("%s", shown);
    return CorpusItem.positive("secret", detector, value, text);
  }

  private static List<String> lines() {
    try (InputStream in = CorpusSecrets.class.getResourceAsStream("/corpus/secrets.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
