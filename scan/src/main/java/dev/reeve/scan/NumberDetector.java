package dev.reeve.scan;

import java.util.ArrayList;
import java.util.List;

/// Cards and national numbers: what is written with digits and proven by them. A number is read
/// once and then held against every form.
final class NumberDetector implements Detector {
  private static final DetectorInfo CARD =
      PiiInfo.proven(
          "card",
          "card",
          0.95,
          "Issuers not listed; groups other than the usual; digits with other separators than one"
              + " blank or dash.");

  private static final int DIGITS_MIN = 9;

  private static final List<List<Integer>> CARD_GROUPS =
      List.of(
          List.of(4, 4, 4, 4, 3),
          List.of(4, 4, 4, 4),
          List.of(4, 6, 5),
          List.of(4, 6, 4),
          List.of(6, 13),
          List.of(4, 4, 5));

  /// The groups of thirteen digits that only Maestro prints.
  private static final List<Integer> MAESTRO_GROUPS = List.of(4, 4, 5);

  @Override
  public List<DetectorInfo> infos() {
    List<DetectorInfo> infos = new ArrayList<>(List.of(CARD));
    NationalNumber.ALL.forEach(number -> infos.add(number.info()));
    return infos;
  }

  /// Three digits at the start of a word; and the two forms that begin with shorter groups.
  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.shape("^ddd"), Trigger.shape("^d dd dd dd"), Trigger.shape("^dd ddd ddd"));
  }

  @Override
  public void examine(Window window, Hits hits) {
    int start = window.triggerStart();
    if (!window.isDigitAt(start)) {
      start++;
    }
    if (isContinued(window, start) || !NumberToken.isLong(window, start, DIGITS_MIN)) {
      return;
    }
    NumberToken token = NumberToken.read(window, start);
    if (card(window, token, hits)) {
      return;
    }
    for (NationalNumber number : NationalNumber.ALL) {
      if (matches(window, token, number, hits)) {
        return;
      }
    }
  }

  /// The tail of a longer number, or of a decimal.
  private static boolean isContinued(Window window, int start) {
    int before = window.byteAt(start - 1);
    return (before == '-' || before == '.' || before == '/') && window.isDigitAt(start - 2);
  }

  private static boolean card(Window window, NumberToken token, Hits hits) {
    if (token.digitCount() < 13) {
      return false;
    }
    for (List<Integer> groups : CARD_GROUPS) {
      if ((token.isGrouped(window, " ", groups) || token.isGrouped(window, "-", groups))
          && !isInTable(window, token.start(), token.end(groups.size()))
          && isPrintedSo(token, groups)
          && cardOf(token, groups.size(), hits)) {
        return true;
      }
    }
    return token.endsAfter(window, 1) && cardOf(token, 1, hits);
  }

  /// Whether an issuer prints these groups. Visa and others of thirteen to nineteen digits have
  /// four in each; American Express and Diners Club have their own.
  private static boolean isPrintedSo(NumberToken token, List<Integer> groups) {
    char first = token.digits(1).charAt(0);
    boolean ofThree = groups.size() == 3 && !groups.equals(MAESTRO_GROUPS);
    return groups.equals(MAESTRO_GROUPS)
        ? first == '5' || first == '6'
        : !ofThree || first == '3' || first == '5' || first == '6';
  }

  /// In a row of groups of four, as in a dump or a table of characters: two more around it.
  private static boolean isInTable(Window window, int start, int end) {
    boolean before = isFour(window, start - 5, start - 1);
    boolean after = isFour(window, end + 1, end);
    return (before && after)
        || (before && isFour(window, start - 10, start - 6))
        || (after && isFour(window, end + 6, end + 5));
  }

  private static boolean isFour(Window window, int at, int blank) {
    int c = window.byteAt(blank);
    for (int i = at; i < at + 4; i++) {
      if (!Ascii.isHex(window.byteAt(i))) {
        return false;
      }
    }
    return (c == ' ' || c == '\n') && !window.isWordAt(at - 1) && !window.isWordAt(at + 4);
  }

  private static boolean cardOf(NumberToken token, int groups, Hits hits) {
    String digits = token.digits(groups);
    if (digits.length() < 13 || digits.length() > 19) {
      return false;
    }
    var brand = CardBrand.of(digits);
    brand.ifPresent(found ->
        hits.add(
            CARD,
            token.start(),
            token.end(groups),
            CARD.confidence(),
            "card number (" + found.name() + ")"));
    return brand.isPresent();
  }

  private static boolean matches(
      Window window, NumberToken token, NationalNumber number, Hits hits) {
    for (NationalNumber.Form form : number.forms()) {
      int groups = form.groups().size();
      if (token.isGrouped(window, form.between(), form.groups())
          && number.valid().test(token.digits(groups))
          && (form.telling() || number.words().near(window, token.start(), token.end(groups)))) {
        hits.add(number.info(), token.start(), token.end(groups));
        return true;
      }
    }
    return false;
  }
}
