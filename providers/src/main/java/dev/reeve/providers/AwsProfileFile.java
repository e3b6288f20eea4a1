package dev.reeve.providers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// A credentials file as the tools of AWS keep it: sections of `name = value`.
final class AwsProfileFile {
  private static final long BYTES_MAX = 1 << 20;

  private AwsProfileFile() {}

  /// The credentials of a profile. Blocks on the disk.
  ///
  /// @throws AwsCredentialKeeper.Missing when there are none, in safe words
  static AwsCredentials read(Path file, String profile) {
    Map<String, String> section = section(text(file), profile);
    String key = section.getOrDefault("aws_access_key_id", "");
    String secret = section.getOrDefault("aws_secret_access_key", "");
    if (key.isEmpty() || secret.isEmpty()) {
      throw new AwsCredentialKeeper.Missing(
          "the credentials file has no keys of the profile " + profile);
    }
    return AwsCredentials.of(key, secret, section.getOrDefault("aws_session_token", ""));
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new AwsCredentialKeeper.Missing("the credentials file is too large");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new AwsCredentialKeeper.Missing("the credentials file cannot be read");
    }
  }

  private static Map<String, String> section(String text, String profile) {
    Map<String, String> members = new HashMap<>();
    boolean ours = false;
    for (String raw : text.lines().toList()) {
      String line = raw.strip();
      if (line.startsWith("[") && line.endsWith("]")) {
        ours = line.substring(1, line.length() - 1).strip().equals(profile);
      } else if (ours && !line.startsWith("#") && !line.startsWith(";")) {
        int equal = line.indexOf('=');
        if (equal > 0) {
          members.put(
              line.substring(0, equal).strip().toLowerCase(Locale.ROOT),
              line.substring(equal + 1).strip());
        }
      }
    }
    return members;
  }
}
