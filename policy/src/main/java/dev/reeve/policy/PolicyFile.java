package dev.reeve.policy;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.policy.YamlNode.Place;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Reads the bytes of a policy file: YAML 1.2, at most 2 MiB, UTF-8.
///
/// Whatever is not understood refuses the whole file, and all that is wrong is said at once. Pure;
/// whoever has the bytes, from a file, a URL or a database, may call it on any thread.
public final class PolicyFile {
  /// Largest file in bytes.
  public static final int SIZE_MAX = 2 * 1024 * 1024;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private PolicyFile() {}

  /// The policy of the file, compiled, or all its faults.
  public static PolicyLoad load(Bytes file) {
    Parsed parsed = parse(file);
    return parsed.document().isEmpty()
        ? new PolicyLoad.Refused(parsed.faults())
        : new PolicyLoad.Loaded(
            PolicySnapshot.of(parsed.document().get(), snapshotId(parsed.document().get(), file)),
            parsed.warnings(),
            List.of());
  }

  /// What a file says, not yet compiled; without a document there is at least one fault.
  record Parsed(
      Optional<PolicyDocument> document, List<PolicyFault> faults, List<PolicyFault> warnings) {}

  static Parsed parse(Bytes file) {
    Faults faults = new Faults();
    PolicyReader reader = new PolicyReader(faults);
    try {
      PolicyDocument document = reader.document(tree(file));
      if (faults.isEmpty()) {
        return new Parsed(Optional.of(document), List.of(), reader.warnings());
      }
    } catch (YamlException e) {
      faults.add(e.place(), "", String.valueOf(e.getMessage()));
    }
    return new Parsed(Optional.empty(), faults.inOrder(), List.of());
  }

  /// The tree of a file.
  ///
  /// @throws YamlException when it is none
  static YamlNode tree(Bytes file) {
    return YamlReader.read(decode(file));
  }

  /// Whether a file holds nothing but blanks and comments.
  static boolean isEmpty(Bytes file) {
    return file.size() <= SIZE_MAX
        && file.utf8()
            .lines()
            .map(String::strip)
            .allMatch(line -> line.isEmpty() || line.startsWith("#") || line.equals("---"));
  }

  static String snapshotId(PolicyDocument document, Bytes file) {
    String hash = Sha256.of(file).hex();
    return document.version().isEmpty() ? hash : document.version() + ":" + hash;
  }

  private static String decode(Bytes file) {
    if (file.size() > SIZE_MAX) {
      throw new YamlException(
          Place.START, "the file has " + file.size() + " bytes (expected: at most 2 MiB)");
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(file.size());
    if (decoder.decode(ByteBuffer.wrap(file.unsafeArray()), text, true).isError()) {
      String good = text.flip().toString();
      throw new YamlException(
          YamlReader.placeOf(good, good.codePointCount(0, good.length())),
          "bytes that are not UTF-8 (expected: UTF-8)");
    }
    String decoded = text.flip().toString();
    boolean marked = !decoded.isEmpty() && decoded.charAt(0) == BYTE_ORDER_MARK;
    return marked ? decoded.substring(1) : decoded;
  }
}
