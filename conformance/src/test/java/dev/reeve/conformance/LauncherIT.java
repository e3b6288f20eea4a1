package dev.reeve.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.RepositoryRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher, run by bash in a small repository. `mvn` is a script that notes each call and puts
/// a ready jar where the server module would; the program prints its arguments.
class LauncherIT {
  private static final Path REAL_ROOT = RepositoryRoot.path();

  @TempDir Path folder;

  private Path root;

  @BeforeEach
  void clone_of_a_small_repository() throws IOException {
    root = folder.resolve("a clone");
    copy("reeve");
    copy("dev/lib/jdk.sh");
    copy("dev/lib/launch.sh");
    write("pom.xml", "<project/>\n");
    write("server/src/main/java/Main.java", "class Main {}\n");
    write("prebuilt/classpath", "lib/none.jar");
    compile();
    mvn("cp -R prebuilt/. server/target/reeve/");
  }

  @Test
  void the_first_start_builds_and_later_ones_do_not() throws Exception {
    Result first = reeve(Map.of(), "status", "a b");
    Result second = reeve(Map.of(), "status");

    assertThat(first.out()).isEqualTo("[status, a b]\n");
    assertThat(first.err()).contains("reeve: first build").contains("reeve: building server (1/1)");
    assertThat(second.out()).isEqualTo("[status]\n");
    assertThat(second.err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void a_changed_source_is_built_and_a_changed_document_is_not() throws Exception {
    reeve(Map.of());
    write("README.md", "# Changed\n");
    makeNewer("README.md");
    reeve(Map.of());
    assertThat(builds()).isEqualTo(1);

    makeNewer("server/src/main/java/Main.java");
    reeve(Map.of());

    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void it_works_through_links_and_from_any_folder() throws Exception {
    Path link = folder.resolve("bin/reeve");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of("../a clone/reeve"));

    Result result = finish(start(Map.of(), link, "x"));

    assertThat(result.out()).isEqualTo("[x]\n");
  }

  @Test
  void a_java_home_of_another_version_is_ignored() throws Exception {
    Path old = folder.resolve("jdk-17");
    write(old.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    for (String program : List.of("java", "javac")) {
      script(old.resolve("bin").resolve(program), "echo wrong java");
    }

    Result result = reeve(Map.of("JAVA_HOME", old.toString()), "x");

    assertThat(result.out()).isEqualTo("[x]\n");
  }

  @Test
  void a_missing_maven_is_named_with_the_line_that_installs_it() throws Exception {
    Path tools = onlyTools("bash", "dirname", "find", "flock", "mkdir", "readlink");

    Result result = reeve(Map.of("PATH", tools.toString()), "x");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("mvn is missing").contains("apt-get install -y maven");
  }

  @Test
  void a_failed_build_shows_its_errors_and_is_tried_again() throws Exception {
    mvn("echo '[ERROR] Main.java:1 no such thing'; exit 1");

    Result failed = reeve(Map.of(), "x");
    mvn("cp -R prebuilt/. server/target/reeve/");
    Result repaired = reeve(Map.of(), "x");

    assertThat(failed.status()).isEqualTo(4);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err()).contains("no such thing").contains("target/build.log");
    assertThat(repaired.out()).isEqualTo("[x]\n");
  }

  @Test
  void starts_at_the_same_time_build_once() throws Exception {
    List<Started> starts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      starts.add(start(Map.of(), root.resolve("reeve"), "x"));
    }

    for (Started started : starts) {
      assertThat(finish(started).out()).isEqualTo("[x]\n");
    }
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void a_cache_that_does_not_fit_is_replaced_without_a_word_on_stdout() throws Exception {
    Map<String, String> cached = Map.of("REEVE_AOT", "on");
    reeve(cached, "x");
    Files.writeString(root.resolve("server/target/reeve/reeve.aot"), "damaged");

    Result damaged = reeve(cached, "x");
    Files.writeString(root.resolve("server/target/reeve/reeve.aot.key"), "of another java");
    Result replaced = reeve(cached, "x");

    assertThat(damaged.out()).isEqualTo("[x]\n");
    assertThat(replaced.out()).isEqualTo("[x]\n");
    assertThat(replaced.err()).contains("preparing fast starts");
    assertThat(Files.size(root.resolve("server/target/reeve/reeve.aot"))).isGreaterThan(100_000);
    assertThat(reeve(cached, "x").err()).isEmpty();
  }

  @Test
  void the_exit_status_is_the_programs_own() throws Exception {
    assertThat(reeve(Map.of(), "exit").status()).isEqualTo(3);
  }

  private record Started(Process process, Path err) {}

  private record Result(int status, String out, String err) {}

  private Result reeve(Map<String, String> environment, String... arguments) throws Exception {
    return finish(start(environment, root.resolve("reeve"), arguments));
  }

  /// Without the start-up cache, unless the environment says otherwise: making one takes a second.
  private Started start(Map<String, String> environment, Path launcher, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", launcher.toString()));
    command.addAll(List.of(arguments));
    Path err = Files.createTempFile(folder, "stderr", "");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().put("REEVE_AOT", "off");
    builder.environment().putAll(environment);
    return new Started(builder.start(), err);
  }

  private static Result finish(Started started) throws Exception {
    String out =
        new String(started.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = started.process().waitFor();
    return new Result(status, out, Files.readString(started.err()));
  }

  /// What `mvn` does besides noting that it was called.
  private void mvn(String work) throws IOException {
    script(
        root.resolve("bin/mvn"),
        """
        echo called >>builds
        echo '[INFO] Building reeve-server 1  [1/1]'
        mkdir -p server/target/reeve
        %s
        """
            .formatted(work));
  }

  private long builds() throws IOException {
    return Files.readAllLines(root.resolve("builds")).size();
  }

  private void compile() throws IOException {
    Path source = folder.resolve("program/dev/reeve/server/Main.java");
    write(
        source,
        """
        package dev.reeve.server;

        public class Main {
          public static void main(String[] args) {
            if (args.length > 0 && args[0].equals("exit")) {
              System.exit(3);
            }
            System.out.println(java.util.Arrays.toString(args));
          }
        }
        """);
    Path classes = folder.resolve("classes");
    Path jar = root.resolve("prebuilt/lib/reeve-server.jar");
    Files.createDirectories(jar.getParent());
    tool("javac", "-d", classes.toString(), source.toString());
    tool("jar", "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
  }

  private static void tool(String name, String... arguments) {
    int status = ToolProvider.findFirst(name).orElseThrow().run(System.out, System.err, arguments);
    assertThat(status).as(name).isZero();
  }

  /// A folder with the programs named here, and no other.
  private Path onlyTools(String... names) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("tools"));
    for (String name : names) {
      for (String entry : System.getenv("PATH").split(":", -1)) {
        Path program = Path.of(entry).resolve(name);
        if (Files.isExecutable(program) && Files.notExists(bin.resolve(name))) {
          script(bin.resolve(name), "exec " + program + " \"$@\"");
        }
      }
    }
    return bin;
  }

  private void makeNewer(String file) throws IOException {
    Path stamp = root.resolve("server/target/reeve/built");
    Instant later = Files.getLastModifiedTime(stamp).toInstant().plusMillis(10);
    Files.setLastModifiedTime(root.resolve(file), FileTime.from(later));
  }

  private void copy(String file) throws IOException {
    write(file, Files.readString(REAL_ROOT.resolve(file)));
  }

  private void write(String file, String text) throws IOException {
    write(root.resolve(file), text);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void script(Path file, String text) throws IOException {
    write(file, "#!/bin/sh\nset -e\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
