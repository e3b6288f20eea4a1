package dev.reeve.server.audit;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalReader;
import dev.reeve.engine.TreeEdge;
import dev.reeve.ledger.KeyHistory;
import dev.reeve.ledger.KeyRecord;
import dev.reeve.ledger.LogSigner;
import dev.reeve.ledger.TreeHead;
import dev.reeve.service.HeadSigner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// The folder `audit` in the data directory:
///
/// - `keys.jsonl`, the key history, one record a line
/// - `key-ID.pem`, the private key in force, readable for its owner alone
/// - `head`, the newest signed head, a C2SP note
/// - `edge-SIZE`, where the receipts stood at that head
///
/// Each file is written whole under another name, flushed and renamed. One writer at a time.
final class AuditFolder implements HeadSigner.Keeper {
  private static final String KEYS = "keys.jsonl";
  private static final String HEAD = "head";
  private static final String EDGE = "edge-";
  private static final String OWNER_ONLY = "rw-------";

  private final Path folder;
  private long edgeSize = -1;

  AuditFolder(Path data) {
    folder = data.resolve("audit");
  }

  Path path() {
    return folder;
  }

  /// Makes the folder.
  void create() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /// The key history; empty when there is none yet.
  ///
  /// @throws CanonicalFormatException when it is not as written
  Optional<KeyHistory> keys() throws IOException {
    Optional<String> text = text(KEYS);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.get().endsWith("\n")) {
      throw new CanonicalFormatException(KEYS + ": cut off");
    }
    List<KeyRecord> records = new ArrayList<>();
    for (String line : text.get().substring(0, text.get().length() - 1).split("\n", -1)) {
      Bytes bytes = Bytes.utf8(line);
      KeyRecord record = KeyRecord.of(CanonicalReader.object(bytes));
      if (!record.toBytes().equals(bytes)) {
        throw new CanonicalFormatException(KEYS + ": not in canonical form");
      }
      records.add(record);
    }
    return Optional.of(KeyHistory.of(records));
  }

  /// The private key in force.
  ///
  /// @throws NoSuchFileException when it is not there
  LogSigner signer(KeyHistory keys) throws IOException {
    return LogSigner.read(
        Files.readString(keyFile(keys), StandardCharsets.UTF_8), keys.current().key());
  }

  /// The newest signed head; empty when there is none.
  ///
  /// @throws CanonicalFormatException when it is not as written
  Optional<TreeHead> head() throws IOException {
    return text(HEAD).map(TreeHead::read);
  }

  /// Where the receipts stood at a size; empty when it is not known.
  Optional<SavedEdge> edge(long size) throws IOException {
    return text(EDGE + size).map(text -> SavedEdge.read(Bytes.utf8(text)));
  }

  @Override
  public void keep(TreeHead head, TreeEdge edge) throws IOException {
    long size = head.checkpoint().size();
    write(EDGE + size, SavedEdge.of(edge).toBytes().unsafeArray(), false);
    write(HEAD, head.note().getBytes(StandardCharsets.UTF_8), false);
    if (edgeSize != size) {
      removeEdgesBut(size);
    }
    edgeSize = size;
  }

  @Override
  public void keep(LogSigner next, KeyHistory keys) throws IOException {
    Optional<KeyHistory> before = keys();
    write(
        keyFile(keys).getFileName().toString(), next.pem().getBytes(StandardCharsets.UTF_8), true);
    StringBuilder lines = new StringBuilder();
    keys.records().forEach(record -> lines.append(record.toBytes().utf8()).append('\n'));
    write(KEYS, lines.toString().getBytes(StandardCharsets.UTF_8), false);
    if (before.isPresent()) {
      Files.deleteIfExists(keyFile(before.get()));
    }
  }

  /// Puts a head aside that the log does not reach any more.
  void setAside(TreeHead head) throws IOException {
    Files.move(
        folder.resolve(HEAD),
        folder.resolve("head.rolled-back-" + head.checkpoint().size()),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private Path keyFile(KeyHistory keys) {
    return folder.resolve("key-" + keys.current().key().id().hex() + ".pem");
  }

  private void removeEdgesBut(long size) throws IOException {
    try (var files = Files.newDirectoryStream(folder, EDGE + "*")) {
      for (Path file : files) {
        if (!file.getFileName().toString().equals(EDGE + size)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private Optional<String> text(String name) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(folder.resolve(name));
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw new CanonicalFormatException(name + ": not UTF-8", e);
    }
  }

  private void write(String name, byte[] content, boolean secret) throws IOException {
    Path part = folder.resolve(name + ".part");
    Files.deleteIfExists(part);
    EnumSet<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel =
        secret
            ? FileChannel.open(
                part,
                options,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)))
            : FileChannel.open(part, options)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(
        part,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
