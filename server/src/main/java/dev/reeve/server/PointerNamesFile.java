package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.service.PointerNames;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What pointers lead to, a line each, in `DATA/pointers.jsonl`. A line is with the system when it
/// was added and on disk when it was settled, so that nothing is lost of what a writer was told;
/// one that a crash of the machine tore before that is skipped. Used by one thread at a time, but
/// for settling.
final class PointerNamesFile implements PointerNames {
  private static final Logger log = LoggerFactory.getLogger(PointerNamesFile.class);

  private final Path file;
  private volatile @Nullable SettledAppender out;

  PointerNamesFile(Path data) {
    file = data.resolve("pointers.jsonl");
  }

  @Override
  public List<Named> read() throws IOException {
    List<Named> all = new ArrayList<>();
    if (!Files.exists(file)) {
      return all;
    }
    int torn = 0;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        try {
          all.add(named(Bytes.wrap(line.getBytes(StandardCharsets.ISO_8859_1))));
        } catch (CanonicalFormatException | IllegalArgumentException e) {
          torn++;
        }
      }
    }
    if (torn > 0) {
      log.warn("lines of pointers skipped file={} lines={}", file, torn);
    }
    return all;
  }

  private static Named named(Bytes line) {
    CanonicalObject in = CanonicalReader.object(line);
    return new Named(
        in.text("tenant"),
        in.text("key"),
        in.bytes("sha256"),
        Instant.ofEpochMilli(in.number("since")));
  }

  @Override
  public void add(Named named) throws IOException {
    SettledAppender open = out;
    if (open == null) {
      open = SettledAppender.open(file);
      out = open;
    }
    open.append(line(named));
  }

  @Override
  public void settle() throws IOException {
    SettledAppender open = out;
    if (open != null) {
      open.settle();
    }
  }

  private static byte[] line(Named named) {
    String text =
        new CanonicalWriter(256)
            .beginObject()
            .member("key", named.key())
            .member("sha256", named.sha256())
            .member("since", named.since().toEpochMilli())
            .member("tenant", named.tenant())
            .endObject()
            .toBytes()
            .utf8();
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void replace(Collection<Named> all) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (OutputStream writing = Files.newOutputStream(fresh)) {
      for (Named named : all) {
        writing.write(line(named));
      }
    }
    GovernanceFiles.moveDurably(fresh, file);
    SettledAppender open = out;
    if (open != null) {
      out = null;
      open.close();
    }
  }
}
