package dev.reeve.server;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells at once which files of a folder were written, as the file system says it. What it does not
/// say (links to files elsewhere, file systems of other machines, too many watches) somebody has to
/// look for.
///
/// On a thread of its own.
final class FolderWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);
  private static final long SAME_FOLDER_MILLIS = 1_000;

  private final Path folder;
  private final Consumer<Set<String>> heard;
  private final WatchService watches;
  private final Thread thread;
  private @Nullable WatchKey key;
  private @Nullable Object watched;

  private FolderWatch(Path folder, Consumer<Set<String>> heard, WatchService watches) {
    this.folder = folder;
    this.heard = heard;
    this.watches = watches;
    thread = Thread.ofPlatform().name("folder-watch").daemon(true).unstarted(this::run);
  }

  /// Begins to watch; what is written after it returns is heard of.
  ///
  /// @param heard told the names that changed; no name: look at all
  /// @return empty when this machine has no more watches
  static Optional<FolderWatch> start(Path folder, Consumer<Set<String>> heard) {
    try {
      FolderWatch watch = new FolderWatch(folder, heard, folder.getFileSystem().newWatchService());
      watch.watchFolder();
      watch.thread.start();
      return Optional.of(watch);
    } catch (IOException | UnsupportedOperationException e) {
      log.info("no watch of a folder, it is looked at folder={} reason={}", folder, e.getMessage());
      return Optional.empty();
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        WatchKey ready = watches.poll(SAME_FOLDER_MILLIS, TimeUnit.MILLISECONDS);
        if (ready == null) {
          watchFolder();
        } else {
          take(ready);
        }
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      log.debug("the watch ends folder={}", folder);
    }
  }

  private void take(WatchKey ready) {
    Set<String> names = new HashSet<>();
    boolean all = false;
    for (WatchEvent<?> event : ready.pollEvents()) {
      if (event.context() instanceof Path name && !name.toString().startsWith("..")) {
        names.add(name.toString());
      } else {
        // Too many events, or the folder that links of mounted settings lead to.
        all = true;
      }
    }
    if (!ready.reset()) {
      watched = null;
    }
    try {
      heard.accept(all ? Set.of() : names);
    } catch (RuntimeException e) {
      log.error("a changed folder was not taken folder={}", folder, e);
    }
  }

  /// The folder may be another one by now, or be there again.
  private void watchFolder() {
    try {
      Object now = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
      if (now != null && !now.equals(watched)) {
        if (key != null) {
          key.cancel();
        }
        key =
            folder.register(
                watches,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY);
        watched = now;
      }
    } catch (IOException e) {
      watched = null;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      watches.close();
    } catch (IOException e) {
      log.debug("a watch did not close", e);
    }
  }
}
