package dev.reeve.ledger;

/// Something in an audit log is not what was written: a leaf, a hash, a proof, a head, a key, or
/// its place. Thrown by verifiers at the first such entry.
public final class AuditDamage extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String where;
  private final String what;

  /// @param where the entry, by line, index or id
  /// @param what what is wrong with it
  public AuditDamage(String where, String what) {
    super(where + ": " + what);
    this.where = where;
    this.what = what;
  }

  /// The entry, by line, index or id.
  public String where() {
    return where;
  }

  /// What is wrong with it.
  public String what() {
    return what;
  }
}
