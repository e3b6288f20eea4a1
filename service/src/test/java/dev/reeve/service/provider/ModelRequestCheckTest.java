package dev.reeve.service.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which requests of the OpenAI API are passed on, and which member of the others is named.
class ModelRequestCheckTest {
  private static final String ASKED = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

  private static ModelBody read(ModelOperation operation, String members) {
    return ModelBody.read(
        operation, Bytes.utf8("{\"model\":\"m\"," + members.replace('\'', '"') + "}"));
  }

  private static void assertNames(String member, ModelOperation operation, String members) {
    assertThatThrownBy(() -> read(operation, members))
        .as(members)
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().code())
                  .isEqualTo(ProviderProblems.MODEL_REQUEST_INVALID);
              assertThat(refused.problem().message()).startsWith(member + ": ");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "messages | 'messages':null",
        "messages | 'messages':[]",
        "messages | 'messages':'hi'",
        "messages | 'messages':{'role':'user'}",
        "messages[0] | 'messages':['hi']",
        "messages[0].role | 'messages':[{'content':'hi'}]",
        "messages[0].role | 'messages':[{'role':'robot','content':'hi'}]",
        "messages[0].role | 'messages':[{'role':1,'content':'hi'}]",
        "messages[0].content | 'messages':[{'role':'user'}]",
        "messages[0].content | 'messages':[{'role':'user','content':null}]",
        "messages[0].content | 'messages':[{'role':'user','content':7}]",
        "messages[0].content | 'messages':[{'role':'user','content':[]}]",
        "messages[0].content | 'messages':[{'role':'user','content':{'type':'text'}}]",
        "messages[0].content[0] | 'messages':[{'role':'user','content':['hi']}]",
        "messages[0].content[0].type | 'messages':[{'role':'user','content':[{'text':'hi'}]}]",
        "messages[0].content[0].type | 'messages':[{'role':'user','content':[{'type':'odour'}]}]",
        "messages[0].content[0].text | 'messages':[{'role':'user','content':[{'type':'text'}]}]",
        "messages[0].content[0].image_url.url | "
            + "'messages':[{'role':'user','content':[{'type':'image_url','image_url':{}}]}]",
        "messages[0].content[0].input_audio | "
            + "'messages':[{'role':'user','content':[{'type':'input_audio','input_audio':1}]}]",
        "messages[1].role | 'messages':[{'role':'user','content':'hi'},{'role':'','content':'x'}]",
        "messages[0].name | 'messages':[{'role':'user','content':'hi','name':1}]",
        "messages[0].tool_call_id | 'messages':[{'role':'tool','content':'hi'}]",
        "messages[0].tool_call_id | 'messages':[{'role':'tool','content':'hi','tool_call_id':''}]",
        "messages[0].content | 'messages':[{'role':'tool','tool_call_id':'a'}]",
        "messages[0].name | 'messages':[{'role':'function','content':'hi'}]",
        "messages[0].content | 'messages':[{'role':'assistant'}]",
        "messages[0].content | 'messages':[{'role':'assistant','tool_calls':[]}]",
        "messages[0].tool_calls | 'messages':[{'role':'assistant','tool_calls':{}}]",
        "messages[0].tool_calls[0].id | 'messages':[{'role':'assistant','tool_calls':[{}]}]",
        "messages[0].tool_calls[0].function | "
            + "'messages':[{'role':'assistant','tool_calls':[{'id':'a'}]}]",
        "messages[0].tool_calls[0].function.arguments | 'messages':[{'role':'assistant',"
            + "'tool_calls':[{'id':'a','function':{'name':'f','arguments':{}}}]}]",
      })
  void messages_that_are_none_are_named(String member, String members) {
    assertNames(member, ModelOperation.CHAT, members);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "temperature | 'temperature':2.1",
        "temperature | 'temperature':-0.1",
        "temperature | 'temperature':'warm'",
        "temperature | 'temperature':1e999",
        "top_p | 'top_p':1.5",
        "n | 'n':0",
        "n | 'n':1.5",
        "n | 'n':129",
        "n | 'n':'2'",
        "max_tokens | 'max_tokens':0",
        "max_tokens | 'max_tokens':-5",
        "max_tokens | 'max_tokens':99999999999",
        "max_completion_tokens | 'max_completion_tokens':1.5",
        "presence_penalty | 'presence_penalty':3",
        "frequency_penalty | 'frequency_penalty':-3",
        "seed | 'seed':1.5",
        "stop | 'stop':7",
        "stop[1] | 'stop':['a',7]",
        "logit_bias | 'logit_bias':[]",
        "logprobs | 'logprobs':3",
        "top_logprobs | 'top_logprobs':21",
        "user | 'user':7",
        "stream | 'stream':'true'",
        "stream_options | 'stream_options':{'include_usage':true}",
        "stream_options | 'stream':false,'stream_options':{}",
        "stream_options | 'stream':true,'stream_options':1",
        "stream_options.include_usage | 'stream':true,'stream_options':{'include_usage':1}",
        "tools | 'tools':{}",
        "tools[0].type | 'tools':[{'function':{'name':'f'}}]",
        "tools[0].function | 'tools':[{'type':'function'}]",
        "tools[0].function.name | 'tools':[{'type':'function','function':{'name':''}}]",
        "tools[0].function.parameters | "
            + "'tools':[{'type':'function','function':{'name':'f','parameters':'x'}}]",
        "tool_choice | 'tool_choice':1",
        "parallel_tool_calls | 'parallel_tool_calls':'no'",
        "response_format | 'response_format':'json'",
        "response_format.type | 'response_format':{}",
      })
  void settings_beyond_the_api_are_named(String member, String members) {
    assertNames(member, ModelOperation.CHAT, ASKED.replace('"', '\'') + "," + members);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'messages':[{'role':'developer','content':'be brief'},{'role':'user','content':''}]",
        "'messages':[{'role':'user','content':'hi','name':'ann','odd':{'x':1}}],'odd':[1]",
        "'messages':[{'role':'user','content':'hi','name':null}],'temperature':null,'n':null,"
            + "'stream':null,'stream_options':null,'stop':null,'tools':null,'max_tokens':null",
        "'messages':[{'role':'assistant','content':null,'tool_calls':[{'id':'a','type':'function',"
            + "'function':{'name':'f','arguments':'{}'}}]},"
            + "{'role':'tool','tool_call_id':'a','content':[{'type':'text','text':'5'}]}]",
        "'messages':[{'role':'assistant','function_call':{'name':'f','arguments':''}},"
            + "{'role':'function','name':'f','content':null}]",
        "'messages':[{'role':'assistant','content':'','tool_calls':[]}]",
        "'messages':[{'role':'assistant','content':null,'refusal':'no'}]",
        "'messages':[{'role':'assistant','content':null,'audio':{'id':'x'}}]",
        "'messages':[{'role':'user','content':[{'type':'text','text':'see'},"
            + "{'type':'image_url','image_url':{'url':'data:image/png;base64,AA==','detail':'low'}},"
            + "{'type':'image_url','image_url':'https://x/y.png'},"
            + "{'type':'input_audio','input_audio':{'data':'AA==','format':'wav'}},"
            + "{'type':'file','file':{'file_id':'f'}}]}]",
      })
  void odd_but_valid_requests_pass(String members) {
    assertThat(read(ModelOperation.CHAT, members).model()).isEqualTo("m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'temperature':2,'top_p':1,'n':128,'max_completion_tokens':1,'presence_penalty':-2",
        "'temperature':0.0,'seed':-9223372036854775808,'stop':'x','logprobs':true,"
            + "'top_logprobs':20",
        "'stream':true,'stream_options':{'include_usage':true,'include_obfuscation':false}",
        "'tools':[{'type':'function','function':{'name':'f'}},{'type':'custom','custom':{}}],"
            + "'tool_choice':{'type':'function','function':{'name':'f'}}",
        "'tool_choice':'required','parallel_tool_calls':false,'response_format':{'type':'text'}",
        "'reasoning_effort':'low','metadata':{'a':'b'},'service_tier':'auto'",
      })
  void settings_of_the_api_pass(String members) {
    assertThat(read(ModelOperation.CHAT, ASKED.replace('"', '\'') + "," + members).model())
        .isEqualTo("m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "input | 'x':1",
        "input | 'input':7",
        "input | 'input':[]",
        "input[1] | 'input':['a',7]",
        "input[1] | 'input':[1,'a']",
        "input[0][1] | 'input':[[1,null]]",
        "dimensions | 'input':'a','dimensions':0",
        "encoding_format | 'input':'a','encoding_format':'hex'",
        "stream | 'input':'a','stream':true",
      })
  void what_cannot_be_embedded_is_named(String member, String members) {
    assertNames(member, ModelOperation.EMBEDDING, members);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'input':'a','encoding_format':'base64'",
        "'input':['a','b'],'dimensions':8",
        "'input':[1,2,3]",
        "'input':[[1,2],[3]]",
      })
  void each_form_of_an_input_passes(String members) {
    assertThat(read(ModelOperation.EMBEDDING, members).model()).isEqualTo("m");
  }

  @Test
  void a_completion_needs_no_prompt_but_a_right_one() {
    assertThat(read(ModelOperation.COMPLETION, "'max_tokens':5").model()).isEqualTo("m");
    assertThat(read(ModelOperation.COMPLETION, "'prompt':['a',[1,2]]").model()).isEqualTo("m");
    assertNames("prompt", ModelOperation.COMPLETION, "'prompt':{}");
    assertNames("temperature", ModelOperation.COMPLETION, "'temperature':3");
  }

  @Test
  void too_many_messages_are_counted_and_not_shown() {
    String one = "{'role':'user','content':'hi'},";
    String many = "'messages':[" + one.repeat(2_049).replaceAll(",$", "") + "]";

    assertThatThrownBy(() -> read(ModelOperation.CHAT, many))
        .hasMessageContaining("messages: \"2049 entries\" (expected: at most 2048)");
  }
}
