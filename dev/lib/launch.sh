# Sourced by the launcher: decides whether to build, builds, makes the start-up cache, starts java.
# Expects `root` (the repository) and `JDK`.
# shellcheck shell=bash

main_class=dev.reeve.server.Main
# What the start-up cache learns from. Either a command that ends by itself, or one that prints a
# ready line and is then asked to end.
training_command=(up --port 0)
training_seconds_max=60
# The cache keeps classes, not which methods the training called: the JVM would compile by these few
# seconds for ever, a third slower under load than what it finds out by itself, and start later too.
training_flags=(-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining)

# The path of a call is deeper than the compiler looks by itself: from the event loop through the stations
# to the policy it is some forty methods. Looking further saves a call a tenth of its processor time.
#
# What a server makes at its start lives as long as it does, and so does nearly everything that is still
# in use at the second young collection (jobs, events): copied fifteen times, as is usual, it makes each
# collection twice as long.
java_flags=(
  -XX:MaxInlineLevel=30
  -XX:FreqInlineSize=500
  -XX:InlineSmallCode=4000
  -XX:+UseSerialGC
  -XX:MaxTenuringThreshold=2
  -XX:+UseCompactObjectHeaders
  -XX:+ExitOnOutOfMemoryError
  --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow
  -Dstdout.encoding=UTF-8
  -Dstderr.encoding=UTF-8
)

# Made by the server module: jars in lib/, their names in starting order in `classpath`.
image="${root:?}/server/target/reeve"
built_stamp="$image/built"
cache="$image/reeve.aot"
cache_key="$image/reeve.aot.key"

# True when a file that goes into the product is newer than the last build. A deleted file makes its
# folder newer.
needs_build() {
  local newer
  [[ "${REEVE_BUILD:-}" != off && -f "$root/pom.xml" ]] || return 1
  [[ -f "$built_stamp" && -f "$image/classpath" ]] || return 0
  newer="$(find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main "$root/proto" "$root/contracts" \
    -newer "$built_stamp" -print -quit 2>/dev/null)" || true
  [[ -n "$newer" ]]
}

# The java, the flags and the jars that a cache was made for.
current_key() {
  printf '%s\n' "$(<"$JDK/release")" "$main_class" "${java_flags[*]}" "${training_flags[*]}" "$(class_path)"
}

# True when there is no answer yet for these jars: neither a cache nor the note that none can be made.
needs_cache() {
  [[ "${REEVE_AOT:-}" != off && -w "$image" ]] || return 1
  [[ -f "$cache_key" && "$(<"$cache_key")" == "$(current_key)" ]] || return 0
  [[ -n "$(find "$image/lib" -newer "$cache_key" -print -quit)" ]]
}

# A cache for other jars, flags or another java would be refused by the JVM, noisily.
has_valid_cache() {
  [[ "${REEVE_AOT:-}" != off && -s "$cache" && -f "$cache_key" ]] &&
    [[ "$(<"$cache_key")" == "$(current_key)" ]]
}

class_path() {
  local entry path="$image/lib/reeve-server.jar"
  while IFS= read -r -d : entry || [[ -n "$entry" ]]; do
    path+=":$image/${entry%$'\n'}"
  done <"$image/classpath"
  printf '%s' "$path"
}

build_under_lock() {
  mkdir -p "$root/target"
  take_lock "$root/target/build.lock"
  if needs_build; then
    build
  fi
  if needs_cache; then
    make_cache
  fi
  release_lock
}

build() {
  local log="$root/target/build.log" started
  if ! command -v mvn >/dev/null 2>&1; then
    printf '%s\n' 'reeve: mvn is missing. Install Maven 3.8 or newer, for example:' \
      '  Debian, Ubuntu  sudo apt-get install -y maven' '  macOS           brew install maven' >&2
    exit 2
  fi
  tell_maven_the_jdk
  [[ -f "$image/classpath" ]] || say 'first build; libraries may have to be downloaded'
  started="$(mktemp "$root/target/build.XXXXXX")"
  if ! (cd "$root" && mvn -B -ntp -Dquickly -pl server -am package) 2>&1 | tee "$log" | show_progress; then
    rm -f "$started"
    grep -E '^\[ERROR\]' "$log" | head -n 20 >&2 || true
    say "the build failed; the whole log is $log"
    exit 4
  fi
  # Files changed while Maven ran are newer than this and are built next time.
  mv -f "$started" "$built_stamp"
}

# Each module once, on one line of a terminal, else a line each.
show_progress() {
  local line module
  while IFS= read -r line; do
    if [[ "$line" =~ Building\ reeve-([a-z]+)\ .*\[([0-9]+/[0-9]+)\] ]]; then
      module="building ${BASH_REMATCH[1]} (${BASH_REMATCH[2]})"
      if [[ -t 2 ]]; then
        printf '\r\033[Kreeve: %s' "$module" >&2
      else
        say "$module"
      fi
    fi
  done
  [[ ! -t 2 ]] || printf '\r\033[K' >&2
}

# Runs the training command once, in a folder of its own, and keeps what the JVM learnt. Reeve works
# without it, only slower to start.
make_cache() {
  local log="$root/target/training.log" folder
  say 'preparing fast starts'
  mkdir -p "$root/target"
  rm -f "$cache"
  folder="$(mktemp -d)"
  train "$folder" 2>"$log" || true
  rm -rf "$folder"
  [[ -s "$cache" ]] || say "no start-up cache could be made, starts stay slow; see $log"
  current_key >"$cache_key"
}

train() {
  local folder="$1" path trainee ready ends_with_us=()
  path="$(class_path)"
  mkfifo "$folder/out"
  # A launcher that is killed outright runs no trap.
  if command -v setpriv >/dev/null 2>&1; then
    ends_with_us=(setpriv --pdeathsig KILL)
  fi
  (
    cd "$folder" || exit 1
    exec "${ends_with_us[@]+"${ends_with_us[@]}"}" "$JDK/bin/java" "${java_flags[@]}" \
      "${training_flags[@]}" "-XX:AOTCacheOutput=$cache" -cp "$path" \
      "$main_class" "${training_command[@]}" >out </dev/null
  ) 9>&- &
  # Neither outlives a launcher that is ended meanwhile, nor holds its lock.
  trainee=$!
  # shellcheck disable=SC2064 # the variable is local
  trap "kill -KILL $trainee 2>/dev/null" EXIT
  exec 8<"$folder/out"
  read -r -t "$training_seconds_max" ready <&8 || true
  printf '%s\n' "${ready:-not ready}" >&2
  # The JVM writes the cache at its end. Whoever does not end is not worth a cache.
  kill -TERM "$trainee" 2>/dev/null || true
  cat <&8 >&2 9>&- &
  wait_at_most "$training_seconds_max" "$trainee"
  trap - EXIT
  exec 8<&-
}

wait_at_most() {
  local deadline=$((SECONDS + $1))
  while kill -0 "$2" 2>/dev/null; do
    if ((SECONDS > deadline)); then
      kill -KILL "$2" 2>/dev/null || true
      rm -f "$cache"
    fi
    sleep 0.1
  done
  wait "$2" 2>/dev/null || true
}

# Gives the process to java.
launch() {
  local options=() cache_flags=(-XX:AOTMode=off)
  if [[ ! -f "$image/classpath" ]]; then
    say "$image/classpath is missing (expected: made by the server module)"
    exit 4
  fi
  if has_valid_cache; then
    # Should the JVM refuse the cache all the same, it must not say so on stdout.
    cache_flags=("-XX:AOTCache=$cache" -Xlog:disable -Xlog:all=error:stderr)
  fi
  read -r -a options <<<"${REEVE_JAVA_OPTS:-}" || true
  case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
    *[Uu][Tt][Ff]8 | *[Uu][Tt][Ff]-8) ;;
    *) [[ -n "${LC_ALL:-}" ]] || export LC_CTYPE=C.UTF-8 ;;
  esac
  exec "$JDK/bin/java" "${java_flags[@]}" "${cache_flags[@]}" \
    "${options[@]+"${options[@]}"}" -cp "$(class_path)" "$main_class" "$@"
}

# One build at a time in a clone. flock frees the lock when its holder dies; where there is none
# (macOS), a folder named after the holder's process is the lock.
take_lock() {
  local holder
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$1"
    flock 9
    return
  fi
  while ! mkdir "$1.d" 2>/dev/null; do
    holder="$(cat "$1.d/pid" 2>/dev/null || true)"
    if [[ -n "$holder" ]] && ! kill -0 "$holder" 2>/dev/null; then
      rm -rf "$1.d"
    else
      sleep 1
    fi
  done
  echo $$ >"$1.d/pid"
  trap 'rm -rf "$root/target/build.lock.d"' EXIT
}

release_lock() {
  if command -v flock >/dev/null 2>&1; then
    exec 9>&-
  else
    rm -rf "$root/target/build.lock.d"
    trap - EXIT
  fi
}

say() {
  printf 'reeve: %s\n' "$1" >&2
}
