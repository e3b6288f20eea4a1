package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.providers.AwsAccess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who signs requests to AWS, by the variables of the environment.
class AwsEnvironmentTest {
  private static final String FULL = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

  @TempDir Path home;

  private static Optional<AwsAccess.Source> source(Map<String, String> environment) {
    return new AwsEnvironment(environment).access("us-east-1").map(AwsAccess::source);
  }

  @Test
  void without_a_word_the_instance_is_asked_unless_that_is_off() {
    URI link = URI.create("http://169.254.169.254");
    URI local = URI.create("http://127.0.0.1:1338");
    Map<String, String> off = Map.of("AWS_EC2_METADATA_DISABLED", "TRUE");

    assertThat(source(Map.of("HOME", home.toString())))
        .contains(new AwsAccess.Source.Instance(link));
    assertThat(source(Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", local.toString())))
        .contains(new AwsAccess.Source.Instance(local));
    assertThat(source(Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://10.0.0.1"))).isEmpty();
    assertThat(source(off)).isEmpty();
    assertThat(new AwsEnvironment(off).missing()).isEqualTo("AWS_ACCESS_KEY_ID");
  }

  @Test
  void who_names_half_of_a_key_does_not_mean_the_instance() {
    assertThat(source(Map.of("AWS_ACCESS_KEY_ID", "a"))).isEmpty();
    assertThat(new AwsEnvironment(Map.of("AWS_ACCESS_KEY_ID", "a")).missing())
        .isEqualTo("AWS_SECRET_ACCESS_KEY");
  }

  @Test
  void keys_of_the_environment_go_first() {
    assertThat(
            source(
                Map.of(
                    "AWS_ACCESS_KEY_ID",
                    "a",
                    "AWS_SECRET_ACCESS_KEY",
                    "s",
                    "AWS_PROFILE",
                    "work",
                    FULL,
                    "https://x/role")))
        .get()
        .isInstanceOf(AwsAccess.Source.Given.class);
  }

  @Test
  void a_profile_is_one_of_the_file_at_home() throws IOException {
    Path file = Files.createDirectories(home.resolve(".aws")).resolve("credentials");
    Map<String, String> environment = Map.of("HOME", home.toString());
    assertThat(source(environment)).get().isInstanceOf(AwsAccess.Source.Instance.class);

    Files.writeString(file, "[default]\n");

    assertThat(source(environment)).contains(new AwsAccess.Source.Profile(file, "default"));
    assertThat(source(Map.of("HOME", home.toString(), "AWS_PROFILE", "work")))
        .contains(new AwsAccess.Source.Profile(file, "work"));
  }

  @Test
  void a_file_that_is_named_is_meant_before_it_is_there() {
    assertThat(source(Map.of("AWS_SHARED_CREDENTIALS_FILE", "/no/such")))
        .contains(new AwsAccess.Source.Profile(Path.of("/no/such"), "default"));
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, /v2/x, http://169.254.170.2/v2/x",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI, http://127.0.0.1:80/x, http://127.0.0.1:80/x",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI, http://169.254.170.23/v1/c, http://169.254.170.23/v1/c",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI, http://[::1]/x, http://[::1]/x",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI, https://role.example/x, https://role.example/x"
  })
  void a_container_has_its_role(String variable, String value, URI address) {
    assertThat(source(Map.of(variable, value)))
        .get()
        .isInstanceOfSatisfying(
            AwsAccess.Source.Container.class,
            container -> assertThat(container.address()).isEqualTo(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/x",
        "http://10.0.0.1/x",
        "http://169.254.170.2.example.com/x",
        "http://a:b@127.0.0.1/x",
        "ftp://127.0.0.1/x",
        "not an address"
      })
  void secrets_are_not_asked_for_elsewhere_in_the_open(String address) {
    assertThat(source(Map.of(FULL, address))).isEmpty();
  }
}
