# Sourced by the scripts of this repository. Finds a JDK 25 without starting one.
# shellcheck shell=bash disable=SC2034

# Sets JDK to the home of a JDK 25, or returns 1. A JAVA_HOME of another version is ignored.
find_jdk() {
  local candidate java_on_path
  if [[ -n "${JAVA_HOME:-}" ]] && is_jdk_25 "$JAVA_HOME"; then
    JDK="$JAVA_HOME"
    return 0
  fi
  java_on_path="$(command -v java || true)"
  if [[ -n "$java_on_path" ]]; then
    candidate="$(dirname "$(dirname "$(follow_links "$java_on_path")")")"
    if is_jdk_25 "$candidate"; then
      JDK="$candidate"
      return 0
    fi
  fi
  for candidate in /usr/lib/jvm/* /usr/java/* /opt/* /opt/*/* /usr/local/lib/jvm/* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
    "${HOME:-/nonexistent}"/.asdf/installs/java/* "${HOME:-/nonexistent}"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home; do
    if is_jdk_25 "$candidate"; then
      JDK="$candidate"
      return 0
    fi
  done
  return 1
}

# True for the home of a JDK 25 with a compiler.
is_jdk_25() {
  local line
  [[ -x "$1/bin/java" && -x "$1/bin/javac" && -r "$1/release" ]] || return 1
  while IFS= read -r line; do
    case "$line" in
      'JAVA_VERSION="25"' | 'JAVA_VERSION="25.'* | 'JAVA_VERSION="25+'*) return 0 ;;
    esac
  done <"$1/release"
  return 1
}

# Maven may run on an older Java and finds a JDK 25 by itself; on a JDK 25 it compiles within its own
# process and is much faster.
tell_maven_the_jdk() {
  export JAVA_HOME="$JDK"
}

# Prints the file a chain of symbolic links ends at. macOS has no readlink -f in older releases.
follow_links() {
  local file="$1" target
  while [[ -L "$file" ]]; do
    target="$(readlink "$file")"
    case "$target" in
      /*) file="$target" ;;
      *) file="$(dirname "$file")/$target" ;;
    esac
  done
  printf '%s\n' "$(cd -P "$(dirname "$file")" && pwd)/$(basename "$file")"
}

# Prints what to do about a missing JDK.
explain_missing_jdk() {
  printf '%s\n' \
    'No JDK 25 found (looked at JAVA_HOME, PATH, /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks).' \
    'Install one, for example:' \
    '  Debian, Ubuntu  sudo apt-get install -y openjdk-25-jdk-headless  (or temurin-25-jdk from adoptium.net)' \
    '  macOS           brew install openjdk@25' \
    '  any             sdk install java 25-tem  (sdkman.io)'
}
