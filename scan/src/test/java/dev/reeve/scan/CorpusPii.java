package dev.reeve.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Personal data with valid check digits. Numbers are found by drawing until an independent formula
/// of the check digit holds; the formulas are written here again, not taken from the detectors.
final class CorpusPii {
  private final Random random;
  private final TokenTemplate templates;
  private final List<CorpusItem> items = new ArrayList<>();

  private CorpusPii(Random random) {
    this.random = random;
    this.templates = new TokenTemplate(random);
  }

  static List<CorpusItem> make(Random random, int perDetector) {
    CorpusPii corpus = new CorpusPii(random);
    for (int i = 0; i < perDetector; i++) {
      corpus.addCards();
      corpus.addAccounts();
      corpus.addContacts();
      corpus.addNationalNumbers();
      corpus.addLetteredNumbers();
    }
    return corpus.items;
  }

  private void addCards() {
    String prefix = pick("4", "51", "55", "2221", "6011", "34", "37", "36", "3530", "62");
    int length =
        prefix.startsWith("3") ? (prefix.equals("36") ? 14 : prefix.equals("3530") ? 16 : 15) : 16;
    String body = prefix + templates.some(length - 1 - prefix.length(), "dig");
    String number = body + luhnDigit(body);
    String separator = pick("", " ", "-");
    String shown = separator.isEmpty() ? number : grouped(number, separator);
    add(
        "card",
        shown,
        pick("Paid with %s yesterday.", "{\"pan\":\"%s\"}", "card=%s;exp=12/29", "%s"));
  }

  private static String grouped(String number, String separator) {
    int[] groups =
        switch (number.length()) {
          case 15 -> new int[] {4, 6, 5};
          case 14 -> new int[] {4, 6, 4};
          default -> new int[] {4, 4, 4, 4};
        };
    List<String> parts = new ArrayList<>();
    int at = 0;
    for (int group : groups) {
      parts.add(number.substring(at, at + group));
      at += group;
    }
    return String.join(separator, parts);
  }

  private void addAccounts() {
    String form =
        pick("DE18n", "GB4a14n", "FR23n", "NL4a10n", "ES20n", "IT1a22n", "PL24n", "CH17n");
    StringBuilder body = new StringBuilder();
    String rest = form.substring(2);
    while (!rest.isEmpty()) {
      int letters = 0;
      while (Character.isDigit(rest.charAt(letters))) {
        letters++;
      }
      int count = Integer.parseInt(rest.substring(0, letters));
      for (int i = 0; i < count; i++) {
        body.append(
            rest.charAt(letters) == 'a'
                ? (char) ('A' + random.nextInt(26))
                : (char) ('0' + random.nextInt(10)));
      }
      rest = rest.substring(letters + 1);
    }
    String country = form.substring(0, 2);
    int check = 98 - bigMod97(body + country + "00");
    String iban = country + "%02d".formatted(check) + body;
    String shown = random.nextBoolean() ? iban : String.join(" ", iban.split("(?<=\\G.{4})"));
    add("iban", shown, pick("Please pay to %s.", "iban: %s", "<acct>%s</acct>"));
  }

  private void addContacts() {
    String name = pick("anna", "jo.smith", "m_mueller", "x+tag", "li-wei") + random.nextInt(1000);
    String host = pick("gmail.com", "corp.co.uk", "mail.example.org", "uni-bonn.de", "reeve.dev");
    add("email", name + "@" + host, pick("mail %s now", "<%s>", "\"email\":\"%s\"", "mailto:%s"));
    String line = (2 + random.nextInt(8)) + templates.some(6, "dig");
    String area = pick("212", "415", "646", "303", "503");
    String exchange = (2 + random.nextInt(8)) + "3" + random.nextInt(10);
    String last = templates.some(4, "dig");
    String phone =
        pick(
            "+49 30 " + line,
            "+44 20 7946 " + last,
            "+1" + area + exchange + last,
            "(" + area + ") " + exchange + "-" + last,
            area + "-" + exchange + "-" + last,
            area + "." + exchange + "." + last,
            "+1 (" + area + ") " + exchange + "-" + last,
            "+33 6 12 34 56 " + last.substring(2));
    add("phone", phone, pick("call %s", "tel: %s", "\"phone\": \"%s\"", "Reach me at %s, please."));
    String ip =
        pick("93.184.216.", "185.60.112.", "151.101.1.", "13.107.42.", "81.2.69.")
            + (1 + random.nextInt(254));
    add(
        "ipv4",
        ip,
        pick("from %s port 22", "\"ip\":\"%s\"", "%s - - [01/Jan/2026]", "http://%s:8080/x"));
    String v6 =
        pick(
            templates.fill("2001:db8:{4:hex}:{4:hex}::1"),
            templates.fill("2a02:{4:hex}:{4:hex}:{4:hex}:{4:hex}:{4:hex}:{4:hex}:{4:hex}"),
            templates.fill("fd12:{4:hex}::{4:hex}"));
    add("ipv6", v6, pick("from %s port 22", "\"ip\":\"%s\"", "http://[%s]:8080/x"));
  }

  private void addNationalNumbers() {
    String ssn =
        "%03d-%02d-%04d"
            .formatted(1 + random.nextInt(665), 1 + random.nextInt(99), 1 + random.nextInt(9999));
    add("us-ssn", ssn, pick("SSN %s", "ssn: %s", "number %s on file"));
    String cpf = draw(() -> templates.some(11, "dig"), CorpusPii::isCpf);
    add(
        "br-cpf",
        cpf.replaceAll("(...)(...)(...)(..)", "$1.$2.$3-$4"),
        pick("CPF: %s", "cliente %s", "\"cpf\":\"%s\""));
    String day =
        "%02d%02d%02d"
            .formatted(random.nextInt(100), 1 + random.nextInt(12), 1 + random.nextInt(28));
    String nine = day + templates.some(3, "dig");
    add(
        "se-personnummer",
        day + "-" + nine.substring(6) + luhnDigit(nine),
        pick("personnummer %s", "id %s"));
    String nir13 =
        pick("1", "2")
            + templates.some(2, "dig")
            + "%02d".formatted(1 + random.nextInt(12))
            + "75"
            + templates.some(6, "dig");
    long key = 97 - Long.parseLong(nir13) % 97;
    add("fr-nir", nir13 + "%02d".formatted(key), pick("NIR %s", "assure %s", "secu: %s"));
    add(
        "in-aadhaar",
        draw(() -> (2 + random.nextInt(8)) + templates.some(11, "dig"), CheckDigits::verhoeff)
            .replaceAll("(....)(....)(....)", "$1 $2 $3"),
        pick("Aadhaar %s", "aadhaar no: %s"));
    add(
        "de-steuer-id",
        draw(this::steuerBody, CheckDigits::mod11And10),
        pick("Steuer-ID: %s", "IdNr. %s"));
    add(
        "pl-pesel",
        draw(
            () ->
                "%02d%02d%02d"
                        .formatted(
                            random.nextInt(100), 1 + random.nextInt(12), 1 + random.nextInt(28))
                    + templates.some(5, "dig"),
            CorpusPii::isPesel),
        pick("PESEL %s", "pesel: %s"));
    add(
        "us-itin",
        "9" + templates.some(2, "dig") + "-7" + random.nextInt(9) + "-" + templates.some(4, "dig"),
        pick("ITIN %s", "taxpayer: %s"));
    add(
        "ch-ahv",
        draw(() -> "756" + templates.some(10, "dig"), n -> remainder(n, 10, "1313131313131") == 0)
            .replaceAll("(...)(....)(....)(..)", "$1.$2.$3.$4"),
        pick("AHV %s", "numero %s"));
    add(
        "uk-nhs",
        draw(() -> templates.some(10, "dig"), n -> remainder(n, 11, "A987654321") == 0)
            .replaceAll("(...)(...)(....)", "$1 $2 $3"),
        pick("NHS number %s", "NHS no: %s"));
    add(
        "au-tfn",
        draw(() -> templates.some(9, "dig"), n -> remainder(n, 11, "14375869A") == 0),
        pick("TFN %s", "tax file number: %s"));
    add(
        "nl-bsn",
        draw(() -> templates.some(9, "dig"), CorpusPii::isBsn),
        pick("BSN %s", "burgerservicenummer: %s"));
    String eight = templates.some(8, "dig");
    add(
        "il-id",
        eight + luhnDigit(eight),
        pick("teudat zehut %s", "Israeli ID: %s", "תעודת זהות %s"));
    String sin = (1 + random.nextInt(7)) + templates.some(7, "dig");
    add(
        "ca-sin",
        (sin + luhnDigit(sin)).replaceAll("(...)(...)(...)", "$1-$2-$3"),
        pick("SIN %s", "social insurance number: %s"));
    add(
        "us-bank-routing",
        draw(() -> "0" + (1 + random.nextInt(9)) + templates.some(7, "dig"), CorpusPii::isRouting),
        pick("routing number %s", "ABA: %s"));
  }

  private void addLetteredNumbers() {
    String nino =
        pick("AB", "CE", "JN", "PX", "SR") + templates.some(6, "dig") + pick("A", "B", "C", "D");
    add(
        "uk-nino",
        random.nextBoolean() ? nino : nino.replaceAll("(..)(..)(..)(..)(.)", "$1 $2 $3 $4 $5"),
        pick("NI number %s", "nino=%s"));
    int dni = 10_000_000 + random.nextInt(80_000_000);
    add(
        "es-dni",
        dni + "" + "TRWAGMYFPDXBNJZSQVHLCKE".charAt(dni % 23),
        pick("DNI %s", "con documento %s,"));
    int nie = random.nextInt(10_000_000);
    add(
        "es-nie",
        "X%07d".formatted(nie) + "TRWAGMYFPDXBNJZSQVHLCKE".charAt(nie % 23),
        pick("NIE %s", "extranjero %s."));
    String codice =
        pick("RSSMRA", "BNCGNN", "VRDLGU")
            + "%02d".formatted(random.nextInt(100))
            + pick("A", "B", "H", "T")
            + "%02d".formatted(1 + random.nextInt(28))
            + "H"
            + templates.some(3, "dig");
    add("it-codice-fiscale", codice + codiceLetter(codice), pick("CF %s", "codice fiscale: %s"));
  }

  private void add(String detector, String value, String around) {
    items.add(CorpusItem.positive("pii", detector, value, around.replace("%s", value)));
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String draw(Supplier<String> source, Predicate<String> valid) {
    String drawn = source.get();
    while (!valid.test(drawn)) {
      drawn = source.get();
    }
    return drawn;
  }

  static int luhnDigit(String body) {
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int digit = body.charAt(body.length() - 1 - i) - '0';
      sum += i % 2 == 0 ? digit * 2 / 10 + digit * 2 % 10 : digit;
    }
    return (10 - sum % 10) % 10;
  }

  private static int bigMod97(String text) {
    StringBuilder digits = new StringBuilder();
    text.chars().forEach(c -> digits.append(Character.digit(c, 36)));
    return new java.math.BigInteger(digits.toString())
        .mod(java.math.BigInteger.valueOf(97))
        .intValue();
  }

  private String steuerBody() {
    List<Integer> digits = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    java.util.Collections.shuffle(digits, random);
    digits.set(9, digits.get(random.nextInt(9)));
    java.util.Collections.shuffle(digits, random);
    StringBuilder text = new StringBuilder();
    digits.forEach(text::append);
    return (text.charAt(0) == '0' ? "1" + text.substring(1) : text.toString()).length() == 10
            && text.charAt(0) != '0'
        ? text.toString() + random.nextInt(10)
        : steuerBody();
  }

  private static boolean isCpf(String cpf) {
    for (int length = 9; length <= 10; length++) {
      int sum = 0;
      for (int i = 0; i < length; i++) {
        sum += (length + 1 - i) * (cpf.charAt(i) - '0');
      }
      int digit = 11 - sum % 11;
      if ((digit > 9 ? 0 : digit) != cpf.charAt(length) - '0') {
        return false;
      }
    }
    return true;
  }

  /// Of the sum of digits times weights, which are hexadecimal digits.
  private static int remainder(String number, int by, String weights) {
    int sum = 0;
    for (int i = 0; i < number.length(); i++) {
      sum += Character.digit(weights.charAt(i), 16) * Character.digit(number.charAt(i), 10);
    }
    return sum % by;
  }

  private static boolean isPesel(String pesel) {
    int[] weights = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3};
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      sum += weights[i] * (pesel.charAt(i) - '0');
    }
    return (10 - sum % 10) % 10 == pesel.charAt(10) - '0';
  }

  private static boolean isBsn(String bsn) {
    int sum = -(bsn.charAt(8) - '0');
    for (int i = 0; i < 8; i++) {
      sum += (9 - i) * (bsn.charAt(i) - '0');
    }
    return sum % 11 == 0;
  }

  private static boolean isRouting(String number) {
    int sum = 0;
    for (int i = 0; i < 9; i++) {
      sum += (number.charAt(i) - '0') * (i % 3 == 0 ? 3 : i % 3 == 1 ? 7 : 1);
    }
    return sum % 10 == 0;
  }

  private static char codiceLetter(String text) {
    String odd = "BAKPLCQDREVOSFTGUHMINJWZYX";
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      char c = text.charAt(i);
      int value = Character.isDigit(c) ? c - '0' : c - 'A';
      sum += i % 2 == 0 ? odd.indexOf((char) ('A' + value)) : value;
    }
    return (char) ('A' + sum % 26);
  }
}
