package dev.reeve.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/// Where a PostgreSQL database is and who we are there. Accepts what libpq accepts,
/// `postgresql://USER:PASSWORD@HOST:PORT/DATABASE?OPTION=VALUE`, and JDBC's form of it. The
/// password never shows in [#toString()].
///
/// @param jdbcUrl URL without user and password
/// @param credentials user and password, where given
record PostgresAddress(String jdbcUrl, Properties credentials) {
  private static final String JDBC = "jdbc:";

  /// @throws IllegalArgumentException when it is no address of a PostgreSQL database
  static PostgresAddress parse(String url) {
    String plain = url.startsWith(JDBC) ? url.substring(JDBC.length()) : url;
    if (!plain.startsWith("postgresql://") && !plain.startsWith("postgres://")) {
      throw new IllegalArgumentException(
          "store: no address of a database (expected: postgresql://USER:PASSWORD@HOST:PORT/NAME)");
    }
    String rest = plain.substring(plain.indexOf("//") + 2);
    int pathStart = rest.indexOf('/');
    String authority = pathStart < 0 ? rest : rest.substring(0, pathStart);
    int at = authority.lastIndexOf('@');
    Properties credentials = new Properties();
    if (at >= 0) {
      addCredentials(authority.substring(0, at), credentials);
    }
    return new PostgresAddress(JDBC + "postgresql://" + rest.substring(at + 1), credentials);
  }

  private static void addCredentials(String userInfo, Properties credentials) {
    int colon = userInfo.indexOf(':');
    credentials.setProperty("user", decode(colon < 0 ? userInfo : userInfo.substring(0, colon)));
    if (colon >= 0) {
      credentials.setProperty("password", decode(userInfo.substring(colon + 1)));
    }
  }

  private static String decode(String text) {
    // In user info a plus sign is itself; the decoder is for forms and would make it a blank.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    int options = jdbcUrl.indexOf('?');
    return options < 0 ? jdbcUrl : jdbcUrl.substring(0, options);
  }
}
