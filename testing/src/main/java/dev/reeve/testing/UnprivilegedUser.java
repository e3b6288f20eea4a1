package dev.reeve.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who runs programs that refuse to run as root: this user, or when this is root, `postgres` or
/// `nobody`.
///
/// @param switchTo empty when there is nothing to switch
record UnprivilegedUser(Optional<UserPrincipal> switchTo) {
  static UnprivilegedUser find() {
    if (!System.getProperty("user.name", "").equals("root")) {
      return new UnprivilegedUser(Optional.empty());
    }
    return new UnprivilegedUser(
        Optional.of(
            lookUp("postgres")
                .or(() -> lookUp("nobody"))
                .orElseThrow(() -> new IllegalStateException("no user nobody (expected: one)"))));
  }

  /// Makes the file or folder the user's own. Not recursive.
  void own(Path file) {
    if (switchTo.isPresent()) {
      try {
        Files.setOwner(file, switchTo.get());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// The command, run as the user.
  List<String> command(List<String> command) {
    if (switchTo.isEmpty()) {
      return command;
    }
    List<String> switched = new ArrayList<>();
    switched.addAll(List.of("runuser", "-u", switchTo.get().getName(), "--"));
    switched.addAll(command);
    return switched;
  }

  private static Optional<UserPrincipal> lookUp(String name) {
    try {
      return Optional.of(
          FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name));
    } catch (UserPrincipalNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
