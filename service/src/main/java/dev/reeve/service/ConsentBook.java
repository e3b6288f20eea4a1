package dev.reeve.service;

import dev.reeve.governance.cdi.ConsentRegister;
import java.io.IOException;
import java.util.List;

/// Keeps the consent that stands, across restarts too. Safe on any thread.
public interface ConsentBook {
  /// What stands now; from memory.
  ConsentRegister current();

  /// Keeps a stop or pause: it is in force and on disk when this returns. Blocks for a write.
  ///
  /// @throws IOException when it cannot be kept; it is in force all the same
  void put(ConsentRegister.Said said) throws IOException;

  /// Takes back what a resume takes back; on disk first, then in force. Blocks for a write.
  ///
  /// @return what was taken back
  /// @throws IOException when it cannot be kept; nothing is taken back then
  List<ConsentRegister.Said> lift(ConsentRegister.Said resume) throws IOException;
}
