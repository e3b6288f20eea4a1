package dev.reeve.scan;

import java.util.List;

/// National numbers that carry letters: British, Italian and Spanish.
final class LetteredIdDetector implements Detector {
  private static final DetectorInfo NINO =
      PiiInfo.proven(
          "uk-nino", "UK national insurance number", 0.9, "Numbers without their last letter.");
  private static final DetectorInfo CODICE_FISCALE =
      PiiInfo.proven("it-codice-fiscale", "Italian codice fiscale", 0.97, "Lower-case letters.");
  private static final DetectorInfo DNI =
      PiiInfo.proven("es-dni", "Spanish DNI", 0.9, "Lower-case letters; digits in groups.");
  private static final DetectorInfo NIE =
      PiiInfo.proven("es-nie", "Spanish NIE", 0.93, "Lower-case letters.");

  private static final String DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
  private static final String CODICE_MONTHS = "ABCDEHLMPRST";
  private static final int[] CODICE_ODD = {
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
  };

  @Override
  public List<DetectorInfo> infos() {
    return List.of(NINO, CODICE_FISCALE, DNI, NIE);
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.shape("UUddddddU"),
        Trigger.shape("UU dd dd dd U"),
        Trigger.shape("UUUUUUddU"),
        Trigger.shape("ddddddddU"),
        Trigger.shape("dddddddd-U"),
        Trigger.shape("XdddddddU"),
        Trigger.shape("YdddddddU"),
        Trigger.shape("ZdddddddU"),
        Trigger.shape("X-ddddddd-U"),
        Trigger.shape("Y-ddddddd-U"),
        Trigger.shape("Z-ddddddd-U"));
  }

  @Override
  public void examine(Window window, Hits hits) {
    int start = window.triggerStart();
    int end = window.triggerEnd();
    if (window.isWordAt(start - 1) || isPartOfNumber(window, start, end)) {
      return;
    }
    String text = window.text(start, end);
    if (Ascii.isUpper(window.byteAt(start + 2))) {
      codiceFiscale(window, start, hits);
    } else if (window.isWordAt(end)) {
      return;
    } else if (Ascii.isUpper(window.byteAt(start + 1))) {
      if (isNino(text.replace(" ", ""))) {
        hits.add(NINO, start, end);
      }
    } else {
      spanish(text.replace("-", ""), start, end, hits);
    }
  }

  /// Prefixes that were never given out, and the suffixes A to D. `1.38435736E+12`.
  private static boolean isPartOfNumber(Window window, int start, int end) {
    boolean decimals = window.byteAt(start - 1) == '.' && window.isDigitAt(start - 2);
    boolean exponent = window.byteAt(end) == '+' && window.isDigitAt(end + 1);
    return decimals || exponent;
  }

  private static boolean isNino(String text) {
    String prefix = text.substring(0, 2);
    return "DFIQUV".indexOf(text.charAt(0)) < 0
        && "DFIQUVO".indexOf(text.charAt(1)) < 0
        && !List.of("BG", "GB", "NK", "KN", "TN", "NT", "ZZ").contains(prefix)
        && text.charAt(8) <= 'D';
  }

  private static void spanish(String text, int start, int end, Hits hits) {
    int foreign = "XYZ".indexOf(text.charAt(0));
    String digits = foreign < 0 ? text.substring(0, 8) : foreign + text.substring(1, 8);
    if (DNI_LETTERS.charAt(Integer.parseInt(digits) % 23) == text.charAt(8)
        && !CheckDigits.uniform(digits)) {
      hits.add(foreign < 0 ? DNI : NIE, start, end);
    }
  }

  private static void codiceFiscale(Window window, int start, Hits hits) {
    int end = start + 16;
    if (end > window.length() || window.isWordAt(end)) {
      return;
    }
    String text = window.text(start, end);
    if (text.matches("[A-Z]{6}[0-9]{2}[A-Z][0-9]{2}[A-Z][0-9]{3}[A-Z]")
        && CODICE_MONTHS.indexOf(text.charAt(8)) >= 0
        && codiceLetter(text) == text.charAt(15)) {
      hits.add(CODICE_FISCALE, start, end);
    }
  }

  private static char codiceLetter(String text) {
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      char c = text.charAt(i);
      int value = Ascii.isDigit(c) ? c - '0' : c - 'A';
      sum += i % 2 == 0 ? CODICE_ODD[value] : value;
    }
    return (char) ('A' + sum % 26);
  }
}
