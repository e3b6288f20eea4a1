package dev.reeve.service;

import java.io.IOException;
import java.util.List;

/// Where it is kept what operators said of pools. Called by one thread at a time; may block.
public interface PoolBook {
  /// All that was said; empty when nothing was.
  List<PoolOrder> read() throws IOException;

  /// Keeps this in place of all before; durable when it returns.
  void write(List<PoolOrder> orders) throws IOException;
}
