package dev.reeve.scan;

import java.util.List;

/// Telephone numbers: international ones with a plus, and those of North America as written there.
final class PhoneDetector implements Detector {
  private static final DetectorInfo INFO =
      PiiInfo.proven(
          "phone",
          "phone number",
          0.9,
          "National forms outside of North America; plain digits without a word near.");

  private static final ContextWords WORDS =
      ContextWords.of(
          "phone", "tel", "telephone", "mobile", "cell", "call", "fax", "whatsapp", "sms");

  private static final int DIGITS_MIN = 8;
  private static final int DIGITS_MAX = 15;
  private static final int LENGTH_MAX = 24;
  private static final int COUNTRY_DIGITS_MAX = 3;

  /// What stands before numbers of another sort.
  private static final ContextWords MEASURES =
      ContextWords.of("size", "sizes", "dims", "dimension", "dimensions", "resolution", "range");

  private static final int MEASURE_BEFORE = 16;

  @Override
  public List<DetectorInfo> infos() {
    return List.of(INFO);
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.shape("+d"),
        Trigger.shape("(ddd)"),
        Trigger.shape("^ddd-ddd-dddd"),
        Trigger.shape("^ddd.ddd.dddd"),
        Trigger.shape("^ddd ddd dddd"),
        Trigger.shape("^dddddddddd"));
  }

  @Override
  public void examine(Window window, Hits hits) {
    int start = window.triggerStart();
    int first = window.byteAt(start);
    if (first == '+') {
      international(window, start, hits);
    } else if (first == '(' && window.byteAt(start + 4) == ')') {
      american(window, start, hits);
    } else {
      american(window, window.isDigitAt(start) ? start : start + 1, hits);
    }
  }

  private static void international(Window window, int start, Hits hits) {
    int before = window.byteAt(start - 1);
    if (Ascii.isWord(before) || before == '+' || before == ')' || window.byteAt(start + 1) == '0') {
      return;
    }
    int digits = 0;
    int end = start + 1;
    int longest = 0;
    int run = 0;
    int joints = 0;
    for (int i = start + 1; i < start + LENGTH_MAX; i++) {
      int c = window.byteAt(i);
      if (Ascii.isDigit(c)) {
        digits++;
        run++;
        longest = Math.max(longest, run);
        end = i + 1;
      } else if (isJoint(window, i)) {
        run = 0;
        joints++;
      } else {
        break;
      }
    }
    boolean decimal = joints == 1 && isDecimal(window, start + 1);
    if (digits >= DIGITS_MIN
        && digits <= DIGITS_MAX
        && longest >= 2
        && !decimal
        && !window.isWordAt(end)) {
      hits.add(INFO, start, end);
    }
  }

  /// `+35236450.6`: no code of a country has four digits.
  private static boolean isDecimal(Window window, int from) {
    int at = from;
    while (window.isDigitAt(at)) {
      at++;
    }
    return window.byteAt(at) == '.' && at - from > COUNTRY_DIGITS_MAX;
  }

  private static boolean isJoint(Window window, int at) {
    int c = window.byteAt(at);
    int next = window.byteAt(at + 1);
    boolean nextGoesOn = Ascii.isDigit(next) || next == '(' || next == ' ';
    return ((c == ' ' || c == '-' || c == '.') && nextGoesOn && window.byteAt(at - 1) != c)
        || c == '('
        || (c == ')' && (Ascii.isDigit(next) || next == ' ' || next == '-'));
  }

  /// `(415) 555-2671`, `415-555-2671`, `1-415-555-2671`. Area and exchange should begin with 2 to 9
  /// and be no service code such as 911; where only the form is right, confidence is low.
  private static void american(Window window, int start, Hits hits) {
    boolean bracketed = window.byteAt(start) == '(';
    int from = withCountry(window, start);
    if (!isApart(window, from) || MEASURES.before(window, from, MEASURE_BEFORE)) {
      return;
    }
    int area = bracketed ? start + 1 : start;
    int exchange = afterJoint(window, bracketed ? area + 4 : area + 3, bracketed);
    int line = afterJoint(window, exchange + 3, false);
    int end = line + 4;
    if (!isDigits(window, area, 3)
        || !isDigits(window, exchange, 3)
        || !isDigits(window, line, 4)) {
      return;
    }
    boolean joined = exchange == area + 3;
    boolean blank = window.byteAt(exchange - 1) == ' ' && !bracketed;
    boolean certain = bracketed || from < start || !(joined || blank);
    boolean over =
        !window.isWordAt(end)
            && !((window.byteAt(end) == '-' || window.byteAt(end) == '.')
                && window.isDigitAt(end + 1));
    boolean dialable = isCode(window, area) && isCode(window, exchange);
    if (over && (certain || (dialable && WORDS.near(window, from, end)))) {
      double confidence = dialable ? INFO.confidence() : TokenCheck.UNPROVEN;
      hits.add(INFO, from, end, confidence, INFO.title());
    }
  }

  private static boolean isApart(Window window, int from) {
    int before = window.byteAt(from - 1);
    return !Ascii.isWord(before)
        && !((before == '-' || before == '.' || before == '/') && window.isDigitAt(from - 2));
  }

  private static int afterJoint(Window window, int at, boolean wide) {
    int c = window.byteAt(at);
    int next = c == ' ' || c == '-' || c == '.' ? at + 1 : at;
    return wide && next > at && window.byteAt(next) == ' ' ? next + 1 : next;
  }

  private static int withCountry(Window window, int start) {
    int joint = window.byteAt(start - 1);
    boolean country =
        (joint == ' ' || joint == '-' || joint == '.')
            && window.byteAt(start - 2) == '1'
            && !window.isWordAt(start - 3);
    if (!country) {
      return start;
    }
    if (window.byteAt(start - 3) == '+') {
      return start - 3;
    }
    return joint == ' ' ? start : start - 2;
  }

  private static boolean isCode(Window window, int at) {
    return window.byteAt(at) >= '2'
        && !(window.byteAt(at + 1) == '1' && window.byteAt(at + 2) == '1');
  }

  private static boolean isDigits(Window window, int at, int count) {
    for (int i = at; i < at + count; i++) {
      if (!window.isDigitAt(i)) {
        return false;
      }
    }
    return true;
  }
}
