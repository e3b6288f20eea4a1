package dev.reeve.quantum.simulator;

/// Moves the centre of a chain of tensors by one place.
final class Chains {
  private Chains() {}

  /// Makes the tensor of a place an isometry and gives the next one with what was left.
  static Site passRight(Site[] sites, int place, Checkpoint checkpoint) {
    Site site = sites[place];
    int rows = site.left() * 2;
    Orthonormal parts =
        Orthonormal.of(
            site.right(),
            rows,
            transposed(site.re(), rows, site.right()),
            transposed(site.im(), rows, site.right()),
            checkpoint);
    sites[place] =
        new Site(
            site.left(),
            2,
            parts.rank(),
            transposed(parts.basisRe(), parts.rank(), rows),
            transposed(parts.basisIm(), parts.rank(), rows));
    Site carried =
        new Site(
            parts.rank(),
            1,
            site.right(),
            transposed(parts.coefficientsRe(), site.right(), parts.rank()),
            transposed(parts.coefficientsIm(), site.right(), parts.rank()));
    return carried.times(sites[place + 1], checkpoint);
  }

  /// The same the other way: gives the one before.
  static Site passLeft(Site[] sites, int place, Checkpoint checkpoint) {
    Site site = sites[place];
    Orthonormal parts =
        Orthonormal.of(site.left(), 2 * site.right(), site.re(), site.im(), checkpoint);
    sites[place] = new Site(parts.rank(), 2, site.right(), parts.basisRe(), parts.basisIm());
    Site carried =
        new Site(site.left(), 1, parts.rank(), parts.coefficientsRe(), parts.coefficientsIm());
    return sites[place - 1].times(carried, checkpoint);
  }

  private static double[] transposed(double[] matrix, int rows, int columns) {
    double[] out = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        out[column * rows + row] = matrix[row * columns + column];
      }
    }
    return out;
  }
}
