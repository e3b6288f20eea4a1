package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import java.util.ArrayList;
import java.util.List;

/// The recursive definitions of RFC 9162 section 2.1, word for word and slow: what the fast ones
/// are compared with.
final class NaiveTree {
  private static final TreeHasher HASHER = TreeHasher.create();

  private NaiveTree() {}

  static Bytes root(List<Bytes> hashes) {
    if (hashes.isEmpty()) {
      return TreeHasher.EMPTY_ROOT;
    }
    if (hashes.size() == 1) {
      return hashes.getFirst();
    }
    int k = split(hashes.size());
    return HASHER.node(root(hashes.subList(0, k)), root(hashes.subList(k, hashes.size())));
  }

  static List<Bytes> path(int index, List<Bytes> hashes) {
    if (hashes.size() == 1) {
      return List.of();
    }
    int k = split(hashes.size());
    List<Bytes> left = hashes.subList(0, k);
    List<Bytes> right = hashes.subList(k, hashes.size());
    return index < k
        ? plus(path(index, left), root(right))
        : plus(path(index - k, right), root(left));
  }

  static List<Bytes> proof(int from, List<Bytes> hashes) {
    return from == 0 ? List.of() : subProof(from, hashes, true);
  }

  private static List<Bytes> subProof(int from, List<Bytes> hashes, boolean whole) {
    if (from == hashes.size()) {
      return whole ? List.of() : List.of(root(hashes));
    }
    int k = split(hashes.size());
    List<Bytes> left = hashes.subList(0, k);
    List<Bytes> right = hashes.subList(k, hashes.size());
    return from <= k
        ? plus(subProof(from, left, whole), root(right))
        : plus(subProof(from - k, right, false), root(left));
  }

  private static List<Bytes> plus(List<Bytes> list, Bytes last) {
    List<Bytes> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  private static int split(int size) {
    int k = 1;
    while (k * 2 < size) {
      k *= 2;
    }
    return k;
  }
}
