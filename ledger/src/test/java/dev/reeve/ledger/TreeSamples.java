package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import java.util.ArrayList;
import java.util.List;

/// Trees that several tests look at.
final class TreeSamples {
  /// The eight leaves with which Certificate Transparency implementations check each other.
  static final List<Bytes> KNOWN_LEAVES =
      List.of(
          Bytes.EMPTY,
          Bytes.hex("00"),
          Bytes.hex("10"),
          Bytes.hex("2021"),
          Bytes.hex("3031"),
          Bytes.hex("40414243"),
          Bytes.hex("5051525354555657"),
          Bytes.hex("606162636465666768696a6b6c6d6e6f"));

  /// Roots of the trees of the first 0 to 8 of them.
  static final List<String> KNOWN_ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private TreeSamples() {}

  static List<Bytes> hashes(TreeHasher hasher, List<Bytes> leaves) {
    return leaves.stream().map(hasher::leaf).toList();
  }

  /// Hashes of the leaves "leaf 0", "leaf 1" and so on.
  static List<Bytes> numbered(TreeHasher hasher, int count) {
    List<Bytes> hashes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      hashes.add(hasher.leaf(Bytes.utf8("leaf " + i)));
    }
    return hashes;
  }
}
