package dev.reeve.quantum.simulator;

import java.util.Comparator;
import java.util.stream.IntStream;

/// A matrix as the product of an isometry and what is left of it, without the part that carries
/// next to no weight, or for which there is no room.
///
/// @param isometry `rows` by `rank`
/// @param rest `rank` by `columns`, of the same norm as the matrix
/// @param lost the share of the squared norm that was given up
record Truncation(Site isometry, Site rest, double lost) {
  /// A part with less of the weight than this is rounding.
  private static final double NEGLIGIBLE = 1e-16;

  /// @param matrix its rows are `left * middle`, its columns `right`
  /// @param rankMax most columns of the isometry
  static Truncation of(Site matrix, int rankMax, Checkpoint checkpoint) {
    int rows = matrix.left() * matrix.middle();
    int columns = matrix.right();
    HermitianSpectrum spectrum = spectrum(matrix, rows, columns, checkpoint);
    double total = 0;
    for (int i = 0; i < rows; i++) {
      total += Math.max(0, spectrum.value(i));
    }
    double weight = total;
    int[] kept =
        IntStream.range(0, rows)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -spectrum.value(i)))
            .filter(i -> spectrum.value(i) > rows * NEGLIGIBLE * weight)
            .limit(Math.max(1, Math.min(rankMax, columns)))
            .mapToInt(Integer::intValue)
            .toArray();
    return project(matrix, spectrum, kept, total, checkpoint);
  }

  /// Of the matrix times its adjoint.
  private static HermitianSpectrum spectrum(
      Site matrix, int rows, int columns, Checkpoint checkpoint) {
    double[] re = matrix.re();
    double[] im = matrix.im();
    double[] gramRe = new double[rows * rows];
    double[] gramIm = new double[rows * rows];
    for (int i = 0; i < rows; i++) {
      checkpoint.pass();
      for (int j = 0; j <= i; j++) {
        double sumRe = 0;
        double sumIm = 0;
        for (int k = 0; k < columns; k++) {
          double a = re[i * columns + k];
          double b = im[i * columns + k];
          double c = re[j * columns + k];
          double d = im[j * columns + k];
          sumRe += a * c + b * d;
          sumIm += b * c - a * d;
        }
        gramRe[i * rows + j] = sumRe;
        gramIm[i * rows + j] = sumIm;
        gramRe[j * rows + i] = sumRe;
        gramIm[j * rows + i] = -sumIm;
      }
    }
    return new HermitianSpectrum(rows, gramRe, gramIm, checkpoint);
  }

  private static Truncation project(
      Site matrix, HermitianSpectrum spectrum, int[] kept, double total, Checkpoint checkpoint) {
    int rows = matrix.left() * matrix.middle();
    Site isometry = Site.empty(matrix.left(), matrix.middle(), kept.length);
    double[] adjointRe = new double[kept.length * rows];
    double[] adjointIm = new double[kept.length * rows];
    double[] vectorRe = new double[rows];
    double[] vectorIm = new double[rows];
    double weight = 0;
    for (int j = 0; j < kept.length; j++) {
      checkpoint.pass();
      weight += Math.max(0, spectrum.value(kept[j]));
      spectrum.vector(kept[j], vectorRe, vectorIm);
      for (int i = 0; i < rows; i++) {
        isometry.re()[i * kept.length + j] = vectorRe[i];
        isometry.im()[i * kept.length + j] = vectorIm[i];
        adjointRe[j * rows + i] = vectorRe[i];
        adjointIm[j * rows + i] = -vectorIm[i];
      }
    }
    Site rest = Site.empty(kept.length, 1, matrix.right());
    Site.multiply(
        adjointRe,
        adjointIm,
        kept.length,
        rows,
        matrix.re(),
        matrix.im(),
        matrix.right(),
        rest,
        checkpoint);
    double scale = Math.sqrt(total / rest.norm());
    for (int i = 0; i < rest.re().length; i++) {
      rest.re()[i] *= scale;
      rest.im()[i] *= scale;
    }
    return new Truncation(isometry, rest, Math.max(0, 1 - weight / total));
  }
}
