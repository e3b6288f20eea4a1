package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

/// The embedded store survives the death of its process.
final class SqliteCrashIT extends CrashContract {
  @TempDir Path folder;

  @Override
  String[] childArguments() {
    return new String[] {"sqlite", folder.toString()};
  }

  @Override
  OpenStore open() throws StoreException {
    return Stores.sqlite(folder, InstantSource.system());
  }
}
