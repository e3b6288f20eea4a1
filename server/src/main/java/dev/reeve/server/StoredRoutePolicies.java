package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.StoreException;
import dev.reeve.service.route.RoutePolicyBook;
import dev.reeve.service.route.RoutePolicyDocuments;
import dev.reeve.store.KeptDocuments;
import java.io.IOException;
import java.util.function.Consumer;

/// Routing policies among the documents of the store.
record StoredRoutePolicies(KeptDocuments documents) implements RoutePolicyBook {
  @Override
  public void read(Consumer<Bytes> sink) throws IOException {
    try {
      documents.each(RoutePolicyDocuments.PREFIX, kept -> sink.accept(kept.content()));
    } catch (StoreException e) {
      throw new IOException("the store does not say what was kept: " + e.getMessage(), e);
    }
  }
}
