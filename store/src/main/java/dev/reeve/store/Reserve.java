package dev.reeve.store;

import dev.reeve.engine.port.StoreException;

/// Space held back for the commits that end jobs when the disk is full.
interface Reserve {
  /// For stores that keep none: the room is managed elsewhere, and only trying tells.
  Reserve NONE =
      new Reserve() {
        @Override
        public boolean release() {
          return false;
        }

        @Override
        public boolean restore() {
          return true;
        }
      };

  /// See `JobLog.releaseReserve`.
  boolean release() throws StoreException;

  /// See `JobLog.restoreReserve`.
  boolean restore() throws StoreException;
}
