package dev.reeve.scan;

import java.util.List;
import java.util.Optional;

/// Issuers of payment cards by leading digits and length.
///
/// @param name as people know it
/// @param from lowest prefix
/// @param to highest prefix, as long as the lowest
/// @param lengthMin digits at least
/// @param lengthMax digits at most
record CardBrand(String name, int from, int to, int lengthMin, int lengthMax) {
  private static final List<CardBrand> ALL =
      List.of(
          new CardBrand("Visa", 4, 4, 13, 13),
          new CardBrand("Visa", 4, 4, 16, 16),
          new CardBrand("Visa", 4, 4, 19, 19),
          new CardBrand("Mastercard", 51, 55, 16, 16),
          new CardBrand("Mastercard", 2221, 2720, 16, 16),
          new CardBrand("American Express", 34, 34, 15, 15),
          new CardBrand("American Express", 37, 37, 15, 15),
          new CardBrand("Diners Club", 300, 305, 14, 19),
          new CardBrand("Diners Club", 36, 36, 14, 19),
          new CardBrand("Diners Club", 38, 39, 14, 19),
          new CardBrand("Discover", 6011, 6011, 16, 19),
          new CardBrand("Discover", 644, 649, 16, 19),
          new CardBrand("Discover", 65, 65, 16, 19),
          new CardBrand("JCB", 3528, 3589, 16, 19),
          new CardBrand("UnionPay", 62, 62, 16, 19),
          new CardBrand("UnionPay", 81, 81, 16, 19),
          new CardBrand("Maestro", 50, 50, 13, 19),
          new CardBrand("Maestro", 56, 58, 13, 19),
          new CardBrand("Maestro", 63, 63, 13, 19),
          new CardBrand("Maestro", 67, 67, 13, 19),
          new CardBrand("RuPay", 60, 60, 16, 16),
          new CardBrand("Mir", 2200, 2204, 16, 19),
          new CardBrand("Troy", 9792, 9792, 16, 16));

  /// The issuer of a number whose check digit holds.
  static Optional<CardBrand> of(String digits) {
    if (CheckDigits.uniform(digits) || !CheckDigits.luhn(digits)) {
      return Optional.empty();
    }
    return ALL.stream().filter(brand -> brand.issues(digits)).findFirst();
  }

  private boolean issues(String digits) {
    int width = String.valueOf(from).length();
    int prefix = Integer.parseInt(digits.substring(0, width));
    return digits.length() >= lengthMin
        && digits.length() <= lengthMax
        && prefix >= from
        && prefix <= to;
  }
}
