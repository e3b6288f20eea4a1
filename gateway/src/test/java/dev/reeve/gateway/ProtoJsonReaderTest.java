package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import dev.reeve.base.ProblemException;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.ListJobsRequest;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import dev.reeve.wire.reeve.v1.WatchJobsRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtoJsonReaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"page_size\": 7}",
        "{\"pageSize\": 7}",
        "{\"page_size\": \"7\"}",
        "{\"page_size\": 7.0}",
        "{\"page_size\": 0.7e1}",
        " {\"page_size\": 7, \"tenant\": null} ",
      })
  void one_value_may_be_written_in_several_ways(String json) {
    assertThat(list(json)).isEqualTo(ListJobsRequest.newBuilder().setPageSize(7).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"JOB_STATE_QUEUED\"", "\"QUEUED\"", "5"})
  void an_enum_value_is_named_with_or_without_its_prefix_or_by_number(String value) {
    assertThat(list("{\"states\": [" + value + "]}").getStatesList())
        .containsExactly(JobState.JOB_STATE_QUEUED);
  }

  @Test
  void times_are_rfc_3339() {
    ListJobsRequest request =
        list("{\"created_after\": \"1970-01-01T00:00:02Z\", \"tenant\": \"a\"}");

    assertThat(request.getCreatedAfter().getSeconds()).isEqualTo(2);
    assertThat(request.getTenant()).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"-_8=\"", "\"+/8=\"", "\"-_8\"", "\"+/8\""})
  void bytes_take_both_alphabets_with_or_without_padding(String value) {
    SubmitJobRequest.Builder into = SubmitJobRequest.newBuilder();

    ProtoJsonReader.read("{\"payload\": " + value + "}", into);

    assertThat(into.getPayload().toByteArray()).containsExactly(0xfb, 0xff);
  }

  @Test
  void sixty_four_bits_arrive_whole_as_text_or_number() {
    WatchJobsRequest.Builder into = WatchJobsRequest.newBuilder();

    ProtoJsonReader.read(
        "{\"jobs\": [{\"after_event_seq\": \"18446744073709551615\"},"
            + " {\"after_event_seq\": 9007199254740993}]}",
        into);

    assertThat(into.getJobs(0).getAfterEventSeq()).isEqualTo(-1L);
    assertThat(into.getJobs(1).getAfterEventSeq()).isEqualTo(9007199254740993L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'page_sise': 1} | page_sise: | did you mean \"page_size\"?",
        "{'zzzzzzzzzzzz': 1} | zzzzzzzzzzzz: | a member of reeve.v1.ListJobsRequest",
        "{'page_size': 1, 'page_size': 1} | page_size: | each member once",
        "{'page_size': 1, 'pageSize': 1} | page_size: | each member once",
        "{'page_size': true} | page_size: | an integer",
        "{'page_size': '1x'} | page_size: | an integer",
        "{'page_size': ''} | page_size: | an integer",
        "{'page_size': ' 1'} | page_size: | an integer",
        "{'page_size': '+1'} | page_size: | an integer",
        "{'page_size': '0x10'} | page_size: | an integer",
        "{'page_size': '١'} | page_size: | an integer",
        "{'page_size': 1.5} | page_size: | an integer",
        "{'page_size': 0.5} | page_size: | an integer",
        "{'page_size': 1e-999999999} | page_size: | an integer",
        "{'page_size': 1e999999999} | page_size: | an integer",
        "{'page_size': 2147483648} | page_size: | fits int32",
        "{'page_size': -2147483649} | page_size: | fits int32",
        "{'page_size': [1]} | page_size: | an integer",
        "{'page_size': {}} | page_size: | an integer",
        "{'page_size': NaN} | body: | well-formed JSON",
        "{'page_size': 01} | body: | well-formed JSON",
        "{'page_size': .5} | body: | well-formed JSON",
        "{'page_size': 1,} | body: | well-formed JSON",
        "{'page_size': 1 | body: | well-formed JSON",
        "{page_size: 1} | body: | well-formed JSON",
        "{} {} | body: | nothing after the object",
        "{} x | body: no JSON at line 1, column | well-formed JSON",
        "[] | body: | a JSON object",
        "1 | body: | a JSON object",
        "null | body: | a JSON object",
        "'' | body: | a JSON object",
        "/* hi */ {} | body: | well-formed JSON",
        "{'tenant': 1} | tenant: | text",
        "{'tenant': true} | tenant: | text",
        "{'tenant': '\\ud800'} | tenant: | Unicode text",
        "{'dead_letter': 'true'} | dead_letter: | true or false",
        "{'dead_letter': 1} | dead_letter: | true or false",
        "{'states': 'QUEUED'} | states: | an array",
        "{'states': [null]} | states[0]: | a name or a number",
        "{'states': ['QUEUD']} | states[0]: | a value of",
        "{'states': ['JOB_STATE_QUEUD']} | states[0]: | did you mean \"JOB_STATE_QUEUED\"?",
        "{'states': [1.5]} | states[0]: | a name or a number",
        "{'states': [99999999999]} | states[0]: | a value of reeve.v1.JobState",
        "{'dialect': {}} | dialect: | a name or a number",
        "{'created_after': 'yesterday'} | created_after: | a google.protobuf.Timestamp",
        "{'created_after': 5} | created_after: | a google.protobuf.Timestamp",
        "{'created_after': {'seconds': 5}} | created_after: | a google.protobuf.Timestamp",
      })
  void what_is_not_the_request_is_refused_by_name(String json, String member, String expected) {
    assertThatThrownBy(() -> list(json.replace('\'', '"')))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> {
              assertThat(refusal.problem().reason()).isEqualTo("JSON_INVALID");
              assertThat(refusal.problem().message()).startsWith(member).contains(expected);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'payload': '!!'} | payload: | base64",
        "{'payload': 'A'} | payload: | base64",
        "{'payload': 5} | payload: | base64 text",
        "{'labels': []} | labels: | an object",
        "{'labels': {'a': 1}} | labels.a: | text",
        "{'labels': {'a': null}} | labels.a: | text",
        "{'labels': {'a': 'x', 'a': 'y'}} | labels.a: | each key once",
        "{'retry': 3} | retry: | an object",
        "{'retry': {'max_attempt': 3}} | retry.max_attempt: | did you mean \"max_attempts\"?",
        "{'depends_on': [1]} | depends_on[0]: | text",
        "{'deadline': '5'} | deadline: | a google.protobuf.Duration",
      })
  void members_of_members_are_named_by_their_path(String json, String member, String expected) {
    assertThatThrownBy(
            () -> ProtoJsonReader.read(json.replace('\'', '"'), SubmitJobRequest.newBuilder()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal ->
                assertThat(refusal.problem().message()).startsWith(member).contains(expected));
  }

  @Test
  void nesting_is_bounded() {
    assertThatThrownBy(() -> list("[".repeat(100_000))).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> list("{\"states\":" + "[".repeat(100)))
        .isInstanceOf(ProblemException.class);
  }

  private static ListJobsRequest list(String json) {
    Message.Builder into = ListJobsRequest.newBuilder();
    ProtoJsonReader.read(json, into);
    return (ListJobsRequest) into.build();
  }
}
