package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.Check;
import java.util.Arrays;
import java.util.Base64;

/// A checkpoint with the signature of its log: the signed tree head. Its text is a signed note
/// (c2sp.org/signed-note), which other tools verify.
///
/// @param checkpoint what is signed
/// @param keyId which key signed, see [LogKey#id()]
/// @param signature over [Checkpoint#text()]
public record TreeHead(Checkpoint checkpoint, Bytes keyId, Bytes signature) {
  private static final String SIGNATURE_MARK = "\u2014 ";

  public TreeHead {
    Check.argument(
        keyId.size() == LogKey.ID_LENGTH, "key id: %s bytes (expected: 4)", keyId.size());
    Check.argument(
        signature.size() == LogKey.SIGNATURE_LENGTH,
        "signature: %s bytes (expected: 64)",
        signature.size());
  }

  /// The text form: the checkpoint, an empty line, the signature.
  public String note() {
    byte[] both = Arrays.copyOf(keyId.unsafeArray(), LogKey.ID_LENGTH + signature.size());
    System.arraycopy(signature.unsafeArray(), 0, both, LogKey.ID_LENGTH, signature.size());
    return checkpoint.text()
        + "\n"
        + SIGNATURE_MARK
        + checkpoint.origin()
        + " "
        + Base64.getEncoder().encodeToString(both)
        + "\n";
  }

  /// Reads what [#note()] wrote and nothing else.
  ///
  /// @throws CanonicalFormatException when it is anything else; whether the signature is right is
  ///   for [KeyHistory#check] to say
  public static TreeHead read(String note) {
    int end = note.indexOf("\n\n");
    if (end < 0) {
      throw new CanonicalFormatException("note: no empty line (expected: text, then signature)");
    }
    Checkpoint checkpoint = Checkpoint.read(note.substring(0, end + 1));
    String line = note.substring(end + 2).strip();
    try {
      byte[] both = Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1));
      if (both.length == LogKey.ID_LENGTH + LogKey.SIGNATURE_LENGTH) {
        TreeHead head =
            new TreeHead(
                checkpoint,
                Bytes.wrap(Arrays.copyOf(both, LogKey.ID_LENGTH)),
                Bytes.wrap(Arrays.copyOfRange(both, LogKey.ID_LENGTH, both.length)));
        if (head.note().equals(note)) {
          return head;
        }
      }
    } catch (IllegalArgumentException e) {
      throw new CanonicalFormatException("note: signature is not base64", e);
    }
    throw new CanonicalFormatException("note: signature line (expected: one, by the log)");
  }

  /// Like [#read], from a note that witnesses may have signed as well: their lines are left out.
  ///
  /// @throws CanonicalFormatException when it is no note of a log
  public static TreeHead readCosigned(String note) {
    int end = note.indexOf("\n\n");
    if (end < 0) {
      return read(note);
    }
    String text = note.substring(0, end + 1);
    String own = SIGNATURE_MARK + text.lines().findFirst().orElse("") + " ";
    StringBuilder kept = new StringBuilder(text).append('\n');
    note.substring(end + 2)
        .lines()
        .filter(line -> line.startsWith(own))
        .limit(1)
        .forEach(line -> kept.append(line).append('\n'));
    return read(kept.toString());
  }
}
