# Sourced by the scripts in dev/. What they need from the machine.
# shellcheck shell=bash
# shellcheck source=dev/lib/jdk.sh
. "$(dirname "${BASH_SOURCE[0]}")/jdk.sh"

have() {
  command -v "$1" >/dev/null 2>&1
}

# The folder of initdb and postgres: on PATH, or where the distribution hides it; newest first.
postgres_bin() {
  local folder
  if have initdb && have postgres; then
    dirname "$(command -v initdb)"
    return 0
  fi
  for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin \
    /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin | sort -rV); do
    if [[ -x "$folder/initdb" && -x "$folder/postgres" ]]; then
      printf '%s\n' "$folder"
      return 0
    fi
  done
  return 1
}

have_postgres() {
  postgres_bin >/dev/null
}

have_nats() {
  have nats-server || [[ -x /usr/sbin/nats-server ]]
}

# Finds a JDK 25 for this script and for Maven; exits 2 when there is none.
need_jdk() {
  if ! find_jdk; then
    explain_missing_jdk >&2
    exit 2
  fi
  tell_maven_the_jdk
}

# Installs Debian packages as root or by sudo without a question; else exits 2 with the line to type.
need_packages() {
  local install=(apt-get install -y --no-install-recommends "$@") as_root=()
  [[ $# -gt 0 ]] || return 0
  if [[ "$(id -u)" != 0 ]]; then
    as_root=(sudo)
  fi
  if ! have apt-get || { [[ "$(id -u)" != 0 ]] && ! sudo -n true 2>/dev/null; }; then
    printf 'Missing: %s. Install with:\n  %s\n' "$*" "sudo ${install[*]}" >&2
    exit 2
  fi
  printf 'installing %s\n' "$*"
  "${as_root[@]+"${as_root[@]}"}" env DEBIAN_FRONTEND=noninteractive apt-get update -q >/dev/null
  "${as_root[@]+"${as_root[@]}"}" env DEBIAN_FRONTEND=noninteractive "${install[@]}" >/dev/null
}

# The bash scripts of the repository.
shell_scripts() {
  local file
  for file in reeve .ci/run dev/* dev/lib/*; do
    if [[ -f "$file" ]] && { [[ "$file" == *.sh ]] || head -n 1 "$file" | grep -q '^#!.*bash'; }; then
      printf '%s\n' "$file"
    fi
  done
}

# Of Maven's output: each module, each test class and its counts, warnings, errors, findings, the
# verdict.
maven_summary() {
  grep --line-buffered -E \
    '^\[INFO\] Building reeve|Tests run:|^\[(WARNING|ERROR)\]|BUILD (SUCCESS|FAILURE)|Total time|^[^[:space:]:]+:[0-9]+: '
}
