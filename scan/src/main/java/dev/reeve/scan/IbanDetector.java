package dev.reeve.scan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// International bank account numbers: length by country and ISO 7064 check.
final class IbanDetector implements Detector {
  private static final DetectorInfo INFO =
      PiiInfo.proven(
          "iban", "IBAN", 0.98, "Lower-case letters; groups other than four with single blanks.");

  /// Country and length, from the registry of IBAN formats.
  private static final String LENGTHS =
      "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27"
          + " DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28"
          + " IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24"
          + " ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22"
          + " RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24"
          + " XK20";

  private static final Map<String, Integer> LENGTH_BY_COUNTRY = lengths();

  private static Map<String, Integer> lengths() {
    Map<String, Integer> lengths = new HashMap<>();
    for (String entry : LENGTHS.split(" ", -1)) {
      lengths.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
    }
    return Map.copyOf(lengths);
  }

  @Override
  public List<DetectorInfo> infos() {
    return List.of(INFO);
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.shape("UUdd"));
  }

  @Override
  public void examine(Window window, Hits hits) {
    int start = window.triggerStart();
    Integer length = LENGTH_BY_COUNTRY.get(window.text(start, start + 2));
    if (length == null || window.isWordAt(start - 1)) {
      return;
    }
    StringBuilder text = new StringBuilder(length);
    int at = start;
    while (text.length() < length) {
      int c = window.byteAt(at);
      if (Ascii.isUpper(c) || Ascii.isDigit(c)) {
        text.append((char) c);
      } else if (c != ' ' || text.length() % 4 != 0) {
        return;
      }
      at++;
    }
    String rotated = text.substring(4) + text.substring(0, 4);
    if (!window.isWordAt(at) && CheckDigits.mod97(rotated) == 1) {
      hits.add(INFO, start, at);
    }
  }
}
