package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.governance.cdi.ConsciencePack;
import dev.reeve.governance.cif.BoundaryPack;
import dev.reeve.governance.cif.DataKey;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The rules of the gate as the configuration names them. Read at start; a server does not start
/// without the rules that it was told to have.
///
/// @param boundary what may come in and go out
/// @param conscience what may be done and claimed
/// @param key by which personal data become hashes and tokens
/// @param anchors whose stop and pause halt everybody
record GateRules(
    BoundaryPack boundary, ConsciencePack conscience, DataKey key, Set<String> anchors) {
  private static final int BYTES_MAX = 1024 * 1024;

  /// @throws ProblemException `GATE_RULES_UNREADABLE` naming key, file and reason
  static GateRules read(GateSettings settings, SecureRandom random) {
    BoundaryPack boundary =
        settings
            .boundaryPack()
            .map(file -> parsed(ConfigKeys.BOUNDARY_PACK, file, BoundaryPack::parse))
            .orElseGet(BoundaryPack::builtIn);
    ConsciencePack conscience =
        settings
            .consciencePack()
            .map(file -> parsed(ConfigKeys.CONSCIENCE_PACK, file, ConsciencePack::parse))
            .orElseGet(ConsciencePack::builtIn);
    DataKey key =
        settings
            .dataKeyFile()
            .map(file -> parsed(ConfigKeys.DATA_KEY_FILE, file, GateRules::key))
            .orElseGet(() -> randomKey(random));
    Set<String> anchors = settings.anchors().isEmpty() ? conscience.anchors() : settings.anchors();
    return new GateRules(boundary, conscience, key, Set.copyOf(anchors));
  }

  private static <T> T parsed(ConfigKey key, Path file, Function<String, T> parse) {
    try {
      Bytes bytes =
          GovernanceFiles.read(file, BYTES_MAX)
              .orElseThrow(() -> new IOException("there is no such file"));
      return parse.apply(text(bytes));
    } catch (IOException e) {
      String reason = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
      throw unreadable(key, file, reason).toException();
    } catch (IllegalArgumentException e) {
      throw unreadable(key, file, String.valueOf(e.getMessage())).toException();
    }
  }

  private static String text(Bytes bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(java.nio.ByteBuffer.wrap(bytes.toArray()))
        .toString();
  }

  private static Problem unreadable(ConfigKey key, Path file, String reason) {
    return ServerProblems.GATE_RULES_UNREADABLE.because(
        key.name() + ": " + file + " (" + reason + ")");
  }

  /// 32 bytes in hex or Base64.
  private static DataKey key(String text) {
    String written = text.strip();
    byte[] bytes;
    try {
      bytes =
          written.length() == 2 * DataKey.LENGTH
              ? HexFormat.of().parseHex(written)
              : Base64.getDecoder().decode(written);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("key: no hex and no Base64 (expected: 32 bytes)", e);
    }
    return new DataKey(Bytes.wrap(bytes));
  }

  /// Lives as long as the process: the rules that are shipped make neither hashes nor tokens.
  private static DataKey randomKey(SecureRandom random) {
    byte[] key = new byte[DataKey.LENGTH];
    random.nextBytes(key);
    return new DataKey(Bytes.wrap(key));
  }
}
