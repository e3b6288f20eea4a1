package dev.reeve.scan;

/// A stretch of content as a reader would see it: escapes of JSON and of URLs read, however often
/// they were escaped, invisible characters dropped, blanks and full-width letters made plain. Knows
/// for each of its bytes where it came from. Confined to one scan.
final class PlainForm {
  /// First bytes of what may differ.
  private static final int[] LEADS = new int[256];

  private static final int DROPPED = -1;
  private static final int KEPT = -2;
  private static final int DEPTH_MAX = 8;
  private static final int LENGTH_OF_UNIT = 4;

  private byte[] bytes = new byte[0];
  private int[] starts = new int[0];
  private int[] ends = new int[0];
  private int size;

  static {
    for (int lead : new int[] {'\\', '%', 0xc2, 0xcd, 0xe1, 0xe2, 0xe3, 0xef}) {
      LEADS[lead] = 1;
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /// Where the raw bytes of a byte begin.
  int start(int index) {
    return starts[index];
  }

  /// Where the raw bytes of a byte end.
  int end(int index) {
    return ends[index];
  }

  /// The first place in a range where the plain form differs from the raw one; -1 when nowhere.
  static int firstMark(byte[] raw, int from, int until, int filled) {
    for (int i = from; i < until; i++) {
      if (LEADS[raw[i] & 0xff] != 0 && markAt(raw, i, filled) != 0) {
        return i;
      }
    }
    return -1;
  }

  /// Reads a range in.
  void read(byte[] raw, int from, int to) {
    size = 0;
    if (bytes.length < to - from) {
      bytes = new byte[to - from];
      starts = new int[to - from];
      ends = new int[to - from];
    }
    int at = from;
    while (at < to) {
      long mark = LEADS[raw[at] & 0xff] == 0 ? 0 : markAt(raw, at, to);
      int length = mark == 0 ? 1 : (int) (mark >>> 32);
      int value = mark == 0 ? raw[at] & 0xff : (int) mark;
      if (value >= 0) {
        bytes[size] = (byte) value;
        starts[size] = at;
        ends[size] = at + length;
        size++;
      }
      at += length;
    }
  }

  /// What stands here, when it is no plain byte: how many bytes it takes in the high half, and in
  /// the low one the byte that it means, or -1 for nothing visible; 0 for what stays as it is.
  private static long markAt(byte[] raw, int at, int to) {
    return switch (raw[at]) {
      case '\\' -> backslash(raw, at, to);
      case '%' -> percent(raw, at, to);
      default -> character(raw, at, to);
    };
  }

  private static long mark(int length, int value) {
    return ((long) length << 32) | (value & 0xffff_ffffL);
  }

  private static long backslash(byte[] raw, int at, int to) {
    int letter = at;
    while (letter < to && letter - at < DEPTH_MAX && raw[letter] == '\\') {
      letter++;
    }
    if (letter >= to) {
      return 0;
    }
    int length = letter + 1 - at;
    return switch (raw[letter]) {
      case 'n', 'r' -> mark(length, '\n');
      case 't', 'f' -> mark(length, ' ');
      case '"', '/' -> mark(length, raw[letter]);
      case 'u' -> {
        int unit = hex(raw, letter + 1, LENGTH_OF_UNIT, to);
        int value = unit < 0 ? unit : plain(unit);
        yield value == KEPT || unit < 0 ? 0 : mark(length + LENGTH_OF_UNIT, value);
      }
      default -> 0;
    };
  }

  /// `%40`, `%2540` and so on.
  private static long percent(byte[] raw, int at, int to) {
    int digits = at + 1;
    while (digits + 1 < to
        && digits - at < 2 * DEPTH_MAX
        && raw[digits] == '2'
        && raw[digits + 1] == '5'
        && hex(raw, digits + 2, 2, to) >= 0) {
      digits += 2;
    }
    int value = hex(raw, digits, 2, to);
    boolean visible = value >= ' ' && value < 0x7f;
    boolean blank = value == '\n' || value == '\r' || value == '\t';
    return visible || blank ? mark(digits + 2 - at, blank ? '\n' : value) : 0;
  }

  /// A character of two or three bytes.
  private static long character(byte[] raw, int at, int to) {
    int lead = raw[at] & 0xff;
    int length = lead < 0xe0 ? 2 : 3;
    if (at + length > to) {
      return 0;
    }
    int second = raw[at + 1] & 0x3f;
    int point =
        length == 2
            ? (lead & 0x1f) << 6 | second
            : (lead & 0xf) << 12 | second << 6 | (raw[at + 2] & 0x3f);
    int value = plain(point);
    return value == KEPT ? 0 : mark(length, value);
  }

  /// The byte that a character looks like, or that it is dropped, or kept.
  private static int plain(int point) {
    if (point < 0x7f) {
      return point < ' ' ? '\n' : point;
    }
    if (point >= 0xff01 && point <= 0xff5e) {
      return point - 0xff01 + '!';
    }
    boolean blank =
        point == 0xa0
            || point == 0x1680
            || (point >= 0x2000 && point <= 0x200a)
            || point == 0x202f
            || point == 0x205f
            || point == 0x3000;
    boolean invisible =
        point == 0xad
            || point == 0x34f
            || point == 0x180e
            || (point >= 0x200b && point <= 0x200f)
            || (point >= 0x202a && point <= 0x202e)
            || (point >= 0x2060 && point <= 0x2064)
            || point == 0xfeff;
    return blank ? ' ' : invisible ? DROPPED : KEPT;
  }

  private static int hex(byte[] raw, int at, int count, int to) {
    if (at + count > to) {
      return -1;
    }
    int value = 0;
    for (int i = at; i < at + count; i++) {
      int digit = raw[i] < 0 ? -1 : Character.digit(raw[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
