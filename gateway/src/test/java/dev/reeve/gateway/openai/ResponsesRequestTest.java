package dev.reeve.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.reeve.base.ProblemException;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.service.provider.ProviderProblems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which chat a request of `/v1/responses` means, and what of it is refused.
class ResponsesRequestTest {
  private static String json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).toString();
  }

  private static String chat(String members) {
    String request = "{'model':'m'," + members + "}";
    return JsonText.write(ResponsesRequest.read(request.replace('\'', '"')).chat());
  }

  private static void assertMeans(String chat, String request) {
    assertThat(JsonParser.parseString(chat(request)))
        .isEqualTo(JsonParser.parseString(json("{'model':'m'," + chat + "}")));
  }

  @Test
  void words_are_what_the_user_says() {
    assertMeans("'messages':[{'role':'user','content':'hi'}]", "'input':'hi'");
  }

  @Test
  void instructions_come_first() {
    assertMeans(
        "'messages':[{'role':'system','content':'be brief'},{'role':'user','content':'hi'}]",
        "'instructions':'be brief','input':[{'role':'user','content':'hi'}]");
  }

  @Test
  void a_conversation_with_calls_of_functions_is_one_of_a_chat() {
    assertMeans(
        "'messages':[{'role':'user','content':'weather?'},"
            + "{'role':'assistant','content':'I look.','tool_calls':["
            + "{'id':'c1','type':'function','function':{'name':'w','arguments':'{}'}},"
            + "{'id':'c2','type':'function','function':{'name':'w','arguments':'[]'}}]},"
            + "{'role':'tool','tool_call_id':'c1','content':'sun'},"
            + "{'role':'tool','tool_call_id':'c2','content':'rain'},"
            + "{'role':'assistant','content':null,'tool_calls':["
            + "{'id':'c3','type':'function','function':{'name':'w','arguments':''}}]}]",
        "'input':[{'type':'message','role':'user','content':[{'type':'input_text',"
            + "'text':'weather?'}]},"
            + "{'type':'reasoning','id':'r','summary':[]},"
            + "{'type':'message','id':'msg_1','status':'completed','role':'assistant','content':"
            + "[{'type':'output_text','text':'I look.','annotations':[]}]},"
            + "{'type':'function_call','id':'fc','call_id':'c1','name':'w','arguments':'{}'},"
            + "{'type':'function_call','call_id':'c2','name':'w','arguments':'[]'},"
            + "{'type':'function_call_output','call_id':'c1','output':'sun'},"
            + "{'type':'function_call_output','call_id':'c2','output':[{'type':'input_text',"
            + "'text':'rain'}]},"
            + "{'type':'function_call','call_id':'c3','name':'w','arguments':''}]");
  }

  @Test
  void pictures_sounds_and_files_are_parts() {
    assertMeans(
        "'messages':[{'role':'user','content':[{'type':'text','text':'see'},"
            + "{'type':'image_url','image_url':{'url':'https://x/y.png','detail':'low'}},"
            + "{'type':'file','file':{'file_data':'data:,x','filename':'a.txt'}},"
            + "{'type':'input_audio','input_audio':{'data':'AA==','format':'wav'}}]}]",
        "'input':[{'role':'user','content':[{'type':'input_text','text':'see'},"
            + "{'type':'input_image','image_url':'https://x/y.png','detail':'low'},"
            + "{'type':'input_file','filename':'a.txt','file_data':'data:,x'},"
            + "{'type':'input_audio','input_audio':{'data':'AA==','format':'wav'}}]}]");
  }

  @Test
  void settings_get_the_names_they_have_in_chats() {
    assertMeans(
        "'temperature':0.5,'top_p':1,'user':'u','parallel_tool_calls':false,'odd':{'x':1},"
            + "'stream':true,'stream_options':{'include_usage':true},"
            + "'messages':[{'role':'user','content':'hi'}],'max_completion_tokens':9,"
            + "'tools':[{'type':'function','function':{'name':'f','description':'d',"
            + "'parameters':{'type':'object'},'strict':true}}],"
            + "'tool_choice':{'type':'function','function':{'name':'f'}},"
            + "'verbosity':'low','reasoning_effort':'high',"
            + "'response_format':{'type':'json_schema','json_schema':{'name':'s',"
            + "'schema':{'type':'object'},'strict':true}}",
        "'input':'hi','temperature':0.5,'top_p':1,'user':'u','parallel_tool_calls':false,"
            + "'odd':{'x':1},'stream':true,'stream_options':{'include_obfuscation':false},"
            + "'max_output_tokens':9,'store':false,'background':false,'truncation':'disabled',"
            + "'metadata':{'a':'b'},'include':['reasoning.encrypted_content'],"
            + "'previous_response_id':null,'reasoning':{'effort':'high','summary':'auto'},"
            + "'tools':[{'type':'function','name':'f','description':'d',"
            + "'parameters':{'type':'object'},'strict':true}],"
            + "'tool_choice':{'type':'function','name':'f'},"
            + "'text':{'verbosity':'low','format':{'type':'json_schema','name':'s',"
            + "'schema':{'type':'object'},'strict':true}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "input | 'x':1",
        "input | 'input':[]",
        "input | 'input':{}",
        "input[0].type | 'input':[{'type':'item_reference','id':'msg_1'}]",
        "input[0].type | 'input':[{'type':'computer_call'}]",
        "input[0].role | 'input':[{'role':'robot','content':'hi'}]",
        "input[0].content | 'input':[{'role':'user'}]",
        "input[0].content[0].type | 'input':[{'role':'user','content':[{'type':'odour'}]}]",
        "input[0].content[0].image_url | "
            + "'input':[{'role':'user','content':[{'type':'input_image','file_id':'f'}]}]",
        "input[0].call_id | 'input':[{'type':'function_call_output','output':'x'}]",
        "previous_response_id | 'input':'hi','previous_response_id':'resp_1'",
        "conversation | 'input':'hi','conversation':'conv_1'",
        "prompt | 'input':'hi','prompt':{'id':'p'}",
        "background | 'input':'hi','background':true",
        "store | 'input':'hi','store':true",
        "truncation | 'input':'hi','truncation':'auto'",
        "include[0] | 'input':'hi','include':['file_search_call.results']",
        "tools[0].type | 'input':'hi','tools':[{'type':'web_search'}]",
        "tool_choice.type | 'input':'hi','tool_choice':{'type':'file_search'}",
        "text.format.type | 'input':'hi','text':{'format':{'type':'grammar'}}",
        "max_output_tokens | 'input':'hi','max_output_tokens':0",
        "top_logprobs | 'input':'hi','top_logprobs':3",
        "messages | 'input':'hi','messages':[]",
        "n | 'input':'hi','n':2",
      })
  void what_is_not_offered_is_refused_by_name(String member, String members) {
    assertThatThrownBy(() -> chat(members))
        .as(members)
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().code())
                  .isEqualTo(ProviderProblems.MODEL_REQUEST_INVALID);
              assertThat(refused.problem().message()).startsWith(member + ": ");
            });
  }
}
