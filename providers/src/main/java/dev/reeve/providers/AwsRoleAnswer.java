package dev.reeve.providers;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// The keys of a role, as the endpoints of containers and instances answer them.
final class AwsRoleAnswer {
  private AwsRoleAnswer() {}

  /// @param whose who answered, for messages
  /// @throws AwsCredentialKeeper.Missing in safe words
  static AwsCredentials read(AggregatedHttpResponse answer, String whose) {
    if (!answer.status().equals(HttpStatus.OK)) {
      throw new AwsCredentialKeeper.Missing(whose + " answers HTTP " + answer.status().code());
    }
    JsonValue tree = JsonText.parse(answer.contentUtf8()).orElse(new JsonValue.Absent());
    String key = text(tree, "AccessKeyId");
    String secret = text(tree, "SecretAccessKey");
    if (key.isEmpty() || secret.isEmpty()) {
      throw new AwsCredentialKeeper.Missing(whose + " has no keys");
    }
    AwsCredentials credentials = AwsCredentials.of(key, secret, text(tree, "Token"));
    String end = text(tree, "Expiration");
    try {
      return end.isEmpty() ? credentials : credentials.until(Instant.parse(end));
    } catch (DateTimeParseException e) {
      throw new AwsCredentialKeeper.Missing(whose + " gives an end that is no time");
    }
  }

  private static String text(JsonValue tree, String name) {
    return tree instanceof JsonValue.Members members
            && members.values().get(name) instanceof JsonValue.Text text
        ? text.value()
        : "";
  }
}
