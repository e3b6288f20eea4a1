package dev.reeve.scan;

import java.util.List;
import java.util.function.Predicate;

/// Numbers that states give to people, made of digits alone.
///
/// @param info what its findings say
/// @param forms how the digits may be grouped
/// @param words one of them must be near, unless the form is telling by itself
/// @param valid the rule of its digits
record NationalNumber(
    DetectorInfo info, List<Form> forms, ContextWords words, Predicate<String> valid) {

  /// @param between separators, repeated when there are fewer than joints
  /// @param telling whether the form needs no word near
  /// @param groups digits per group
  record Form(String between, boolean telling, List<Integer> groups) {
    static Form plain(int digits) {
      return new Form(" ", false, List.of(digits));
    }

    static Form grouped(String between, Integer... groups) {
      return new Form(between, false, List.of(groups));
    }

    static Form telling(String between, Integer... groups) {
      return new Form(between, true, List.of(groups));
    }
  }

  private static final String NEEDS_WORD = "Numbers without a word near that says what they are.";

  static final List<NationalNumber> ALL =
      List.of(
          new NationalNumber(
              PiiInfo.proven(
                  "us-ssn",
                  "US social security number",
                  0.9,
                  "Nine digits without dashes and without a word near."),
              List.of(Form.telling("-", 3, 2, 4), Form.grouped(" ", 3, 2, 4), Form.plain(9)),
              ContextWords.of("ssn", "social security", "soc sec", "ss#"),
              NationalNumber::isSsn),
          new NationalNumber(
              PiiInfo.proven(
                  "us-itin",
                  "US individual taxpayer number",
                  0.9,
                  "Nine digits without dashes and without a word near."),
              List.of(Form.telling("-", 3, 2, 4), Form.grouped(" ", 3, 2, 4), Form.plain(9)),
              ContextWords.of("itin", "taxpayer identification"),
              NationalNumber::isItin),
          new NationalNumber(
              PiiInfo.proven(
                  "ch-ahv", "Swiss AHV number", 0.95, "Plain digits without a word near."),
              List.of(Form.telling(".", 3, 4, 4, 2), Form.plain(13)),
              ContextWords.of("ahv", "avs", "oasi", "sozialversicherungsnummer"),
              digits -> digits.startsWith("756") && ean13(digits)),
          new NationalNumber(
              PiiInfo.contextual("uk-nhs", "UK NHS number", NEEDS_WORD),
              List.of(Form.plain(10), Form.grouped(" ", 3, 3, 4), Form.grouped("-", 3, 3, 4)),
              ContextWords.of("nhs"),
              digits ->
                  !CheckDigits.uniform(digits)
                      && CheckDigits.weighted(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1) % 11 == 0),
          new NationalNumber(
              PiiInfo.contextual("au-tfn", "Australian tax file number", NEEDS_WORD),
              List.of(Form.plain(9), Form.grouped(" ", 3, 3, 3), Form.grouped("-", 3, 3, 3)),
              ContextWords.of("tfn", "tax file number"),
              digits ->
                  !CheckDigits.uniform(digits)
                      && CheckDigits.weighted(digits, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0),
          new NationalNumber(
              PiiInfo.proven(
                  "br-cpf",
                  "Brazilian CPF",
                  0.95,
                  "Eleven plain digits without the word CPF near."),
              List.of(Form.telling("..-", 3, 3, 3, 2), Form.plain(11)),
              ContextWords.of("cpf", "cadastro de pessoas"),
              NationalNumber::isCpf),
          new NationalNumber(
              PiiInfo.proven(
                  "se-personnummer",
                  "Swedish personnummer",
                  0.9,
                  "Plain digits without a word near; the form with +."),
              List.of(
                  Form.telling("-", 6, 4), Form.telling("-", 8, 4), Form.plain(10), Form.plain(12)),
              ContextWords.of(
                  "personnummer",
                  "personnr",
                  "samordningsnummer",
                  "personal identity number",
                  "pnr"),
              NationalNumber::isPersonnummer),
          new NationalNumber(
              PiiInfo.proven(
                  "fr-nir", "French NIR", 0.95, "Numbers of people born in Corsica (2A, 2B)."),
              List.of(
                  Form.telling(" ", 15),
                  Form.telling(" ", 13, 2),
                  Form.telling(" ", 1, 2, 2, 2, 3, 3, 2)),
              ContextWords.of("nir"),
              NationalNumber::isNir),
          new NationalNumber(
              PiiInfo.contextual("in-aadhaar", "Indian Aadhaar number", NEEDS_WORD),
              List.of(Form.plain(12), Form.grouped(" ", 4, 4, 4), Form.grouped("-", 4, 4, 4)),
              ContextWords.of(
                  "aadhaar", "aadhar", "adhaar", "uidai", "uid", "\u0906\u0927\u093e\u0930"),
              digits -> digits.charAt(0) >= '2' && CheckDigits.verhoeff(digits)),
          new NationalNumber(
              PiiInfo.contextual("de-steuer-id", "German tax id", NEEDS_WORD),
              List.of(Form.plain(11), Form.grouped(" ", 2, 3, 3, 3)),
              ContextWords.of(
                  "steuer-id",
                  "steuerid",
                  "steuer id",
                  "idnr",
                  "steuer-idnr",
                  "tax id",
                  "tin",
                  "steueridentifikationsnummer",
                  "steuer-identifikationsnummer",
                  "identifikationsnummer",
                  "steuernummer"),
              NationalNumber::isSteuerId),
          new NationalNumber(
              PiiInfo.contextual("pl-pesel", "Polish PESEL", NEEDS_WORD),
              List.of(Form.plain(11)),
              ContextWords.of("pesel"),
              NationalNumber::isPesel),
          new NationalNumber(
              PiiInfo.contextual("nl-bsn", "Dutch BSN", NEEDS_WORD),
              List.of(Form.plain(9), Form.grouped(".", 4, 2, 3), Form.grouped(" ", 3, 3, 3)),
              ContextWords.of(
                  "bsn",
                  "burgerservicenummer",
                  "sofinummer",
                  "sofi-nummer",
                  "citizen service number"),
              NationalNumber::isBsn),
          new NationalNumber(
              PiiInfo.contextual("il-id", "Israeli identity number", NEEDS_WORD),
              List.of(Form.plain(9), Form.grouped("-", 8, 1)),
              ContextWords.of(
                  "israeli id",
                  "israel id",
                  "israeli identity",
                  "teudat zehut",
                  "zehut",
                  "t.z.",
                  "\u05ea\u05e2\u05d5\u05d3\u05ea \u05d6\u05d4\u05d5\u05ea",
                  "\u05ea.\u05d6",
                  "\u05ea\"\u05d6"),
              digits -> !CheckDigits.uniform(digits) && CheckDigits.luhn(digits)),
          new NationalNumber(
              PiiInfo.contextual("ca-sin", "Canadian social insurance number", NEEDS_WORD),
              List.of(Form.plain(9), Form.grouped(" ", 3, 3, 3), Form.grouped("-", 3, 3, 3)),
              ContextWords.of("sin", "social insurance", "nas", "assurance sociale"),
              digits -> !CheckDigits.uniform(digits) && CheckDigits.luhn(digits)),
          new NationalNumber(
              PiiInfo.contextual("us-bank-routing", "US bank routing number", NEEDS_WORD),
              List.of(Form.plain(9)),
              ContextWords.of("routing", "aba", "rtn", "transit number"),
              digits ->
                  !CheckDigits.uniform(digits)
                      && CheckDigits.weighted(digits, 3, 7, 1) % 10 == 0
                      && CheckDigits.two(digits, 0) <= 32));

  /// Areas 000, 666 and 9xx, group 00 and serial 0000 were never given out.
  private static boolean isSsn(String digits) {
    String area = digits.substring(0, 3);
    return !area.equals("000")
        && !area.equals("666")
        && area.charAt(0) != '9'
        && !digits.startsWith("00", 3)
        && !digits.endsWith("0000")
        && !CheckDigits.uniform(digits);
  }

  /// Area 9xx; the groups are those that the tax office gives out.
  private static boolean isItin(String digits) {
    int group = CheckDigits.two(digits, 3);
    return digits.charAt(0) == '9'
        && ((group >= 50 && group <= 65)
            || (group >= 70 && group <= 88)
            || (group >= 90 && group <= 92)
            || group >= 94);
  }

  private static boolean ean13(String digits) {
    return CheckDigits.weighted(digits, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1) % 10 == 0;
  }

  private static boolean isCpf(String digits) {
    return !CheckDigits.uniform(digits) && cpfDigit(digits, 9) && cpfDigit(digits, 10);
  }

  private static boolean cpfDigit(String digits, int at) {
    int sum = 0;
    for (int i = 0; i < at; i++) {
      sum += (digits.charAt(i) - '0') * (at + 1 - i);
    }
    return sum * 10 % 11 % 10 == digits.charAt(at) - '0';
  }

  /// Coordination numbers add 60 to the day.
  private static boolean isPersonnummer(String digits) {
    boolean century = digits.length() == 12;
    if (century && !digits.startsWith("19") && !digits.startsWith("20")) {
      return false;
    }
    String ten = digits.substring(digits.length() - 10);
    int day = CheckDigits.two(ten, 4);
    return CheckDigits.isDay(CheckDigits.two(ten, 2), day > 60 ? day - 60 : day)
        && CheckDigits.luhn(ten);
  }

  private static boolean isNir(String digits) {
    int month = CheckDigits.two(digits, 3);
    boolean monthKnown = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
    return (digits.charAt(0) == '1' || digits.charAt(0) == '2')
        && monthKnown
        && Long.parseLong(digits.substring(0, 13)) % 97 + Long.parseLong(digits.substring(13))
            == 97;
  }

  /// Of the first ten digits one stands twice or three times.
  private static boolean isSteuerId(String digits) {
    int[] counts = new int[10];
    for (int i = 0; i < 10; i++) {
      counts[digits.charAt(i) - '0']++;
    }
    int repeated = 0;
    int most = 0;
    for (int count : counts) {
      repeated += count > 1 ? 1 : 0;
      most = Math.max(most, count);
    }
    return digits.charAt(0) != '0' && repeated == 1 && most <= 3 && CheckDigits.mod11And10(digits);
  }

  /// The month carries the century: 0, 20, 40, 60 or 80 are added.
  private static boolean isPesel(String digits) {
    return CheckDigits.isDay(CheckDigits.two(digits, 2) % 20, CheckDigits.two(digits, 4))
        && CheckDigits.weighted(digits, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0;
  }

  private static boolean isBsn(String digits) {
    return !CheckDigits.uniform(digits)
        && CheckDigits.weighted(digits, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0;
  }
}
