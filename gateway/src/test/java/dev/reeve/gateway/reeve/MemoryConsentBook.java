package dev.reeve.gateway.reeve;

import dev.reeve.governance.cdi.ConsentRegister;
import dev.reeve.service.ConsentBook;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// A book that forgets with the test, and that can be made to fail.
public final class MemoryConsentBook implements ConsentBook {
  private volatile ConsentRegister register =
      ConsentRegister.of(List.of(), Set.of("system", "kaitiaki", "admin"));
  private volatile boolean full;

  /// From now on nothing can be kept.
  public void fill() {
    full = true;
  }

  @Override
  public ConsentRegister current() {
    return register;
  }

  @Override
  public synchronized void put(ConsentRegister.Said said) throws IOException {
    register = register.with(said);
    check();
  }

  @Override
  public synchronized List<ConsentRegister.Said> lift(ConsentRegister.Said resume)
      throws IOException {
    check();
    List<ConsentRegister.Said> lifted = register.liftedBy(resume);
    register = register.without(lifted, resume.signal().atMicros());
    return lifted;
  }

  private void check() throws IOException {
    if (full) {
      throw new IOException("no space left");
    }
  }
}
