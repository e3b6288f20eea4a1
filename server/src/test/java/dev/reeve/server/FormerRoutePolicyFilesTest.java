package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.reeve.routing.PolicyVersion;
import dev.reeve.service.route.RoutePolicyHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files as a server wrote them that kept versions in files, byte for byte.
class FormerRoutePolicyFilesTest {
  private static final String MAIL =
      "{\"policy\":\"mail\",\"tenant\":\"default\",\"versions\":["
          + "{\"at\":1795392582000,\"by\":\"local-operator\",\"note\":\"\",\"number\":1,"
          + "\"source\":\"{\\\"providers\\\":[{\\\"name\\\":\\\"m1\\\",\\\"weight\\\":100}],"
          + "\\\"version\\\":\\\"1.0\\\"}\"},"
          + "{\"at\":1795392584358,\"by\":\"local-operator\",\"note\":\"\",\"number\":2,"
          + "\"source\":\"{\\\"providers\\\":[{\\\"name\\\":\\\"m2\\\",\\\"weight\\\":100}],"
          + "\\\"version\\\":\\\"1.0\\\"}\"},"
          + "{\"at\":1795392587472,\"by\":\"local-operator\",\"note\":\"\",\"number\":3,"
          + "\"source\":\"\"}]}";
  private static final String CHAT =
      "{\"policy\":\"chat\",\"tenant\":\"\",\"versions\":["
          + "{\"at\":1795392537962,\"by\":\"file chat\",\"note\":\"\",\"number\":1,"
          + "\"source\":\"{\\\"providers\\\":[{\\\"name\\\":\\\"m1\\\",\\\"weight\\\":100}],"
          + "\\\"version\\\":\\\"1.0\\\"}\"}]}";

  @TempDir private Path data;
  private final List<RoutePolicyHistory> taken = new ArrayList<>();
  private Path mail = Path.of("");
  private Path chat = Path.of("");

  @BeforeEach
  void writeFiles() throws IOException {
    Path folder = Files.createDirectory(data.resolve("routing"));
    mail = Files.writeString(folder.resolve("2f2dd349c4f0a33806f264a5196d8021.json"), MAIL);
    chat = Files.writeString(folder.resolve("3039c0eaef953ffcc7e77e52ad51f60c.json"), CHAT);
  }

  @Test
  void all_versions_are_given_and_the_files_go() throws IOException {
    new FormerRoutePolicyFiles(data).moveTo(taken::add);

    assertThat(taken)
        .extracting(RoutePolicyHistory::tenantId, RoutePolicyHistory::policyId)
        .containsExactly(tuple("default", "mail"), tuple("", "chat"));
    assertThat(taken.getFirst().versions())
        .extracting(
            PolicyVersion::number,
            PolicyVersion::changedAtMs,
            PolicyVersion::changedBy,
            version -> version.policy().isPresent())
        .containsExactly(
            tuple(1L, 1795392582000L, "local-operator", true),
            tuple(2L, 1795392584358L, "local-operator", true),
            tuple(3L, 1795392587472L, "local-operator", false));
    assertThat(taken.getFirst().versions().get(1).policy().orElseThrow().providerIds())
        .containsExactly("m2");
    assertThat(data.resolve("routing")).doesNotExist();
    new FormerRoutePolicyFiles(data).moveTo(taken::add);
    assertThat(taken).hasSize(2);
  }

  @Test
  void a_file_goes_only_after_what_it_says_is_kept() {
    assertThatThrownBy(() ->
            new FormerRoutePolicyFiles(data)
                .moveTo(history -> {
                  if (history.policyId().equals("chat")) {
                    throw new IllegalStateException("killed");
                  }
                  return true;
                }))
        .hasMessage("killed");

    assertThat(mail).doesNotExist();
    assertThat(chat).content().isEqualTo(CHAT);
  }

  @Test
  void a_file_of_another_history_is_kept_aside() throws IOException {
    new FormerRoutePolicyFiles(data).moveTo(history -> history.policyId().equals("chat"));

    assertThat(mail).doesNotExist();
    assertThat(mail.resolveSibling(mail.getFileName() + ".old")).content().isEqualTo(MAIL);
    new FormerRoutePolicyFiles(data).moveTo(taken::add);
    assertThat(taken).isEmpty();
  }

  @Test
  void a_broken_file_of_ours_is_not_passed_over() throws IOException {
    Files.writeString(mail, "{");

    assertThatThrownBy(() -> new FormerRoutePolicyFiles(data).moveTo(taken::add))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(mail.toString());

    assertThat(mail).exists();
  }
}
