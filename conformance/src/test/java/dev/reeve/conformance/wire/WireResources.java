package dev.reeve.conformance.wire;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.reeve.testing.RepositoryRoot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The descriptor set of the module `wire` and the text files of these tests.
final class WireResources {
  private static final String DESCRIPTORS = "/dev/reeve/wire/descriptors.binpb";
  private static final Path SOURCES = Path.of("conformance/src/test/resources");

  private WireResources() {}

  static FileDescriptorSet descriptors() {
    try (InputStream in = open(DESCRIPTORS)) {
      return FileDescriptorSet.parseFrom(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A text below `src/test/resources`; empty when there is none yet.
  static String text(String path) {
    try (InputStream in = WireResources.class.getResourceAsStream("/" + path)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Rewrites a text in the source tree.
  static void write(String path, String text) {
    Path file = RepositoryRoot.path().resolve(SOURCES).resolve(path);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) {
    InputStream in = WireResources.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException(resource + " (expected: in the jar of the module wire)");
    }
    return in;
  }
}
