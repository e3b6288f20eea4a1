"""The official client of the OpenAI API against a server of ours, as its users write it."""

import argparse
import sys

import openai
from openai import OpenAI

TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "weather",
            "description": "The weather of a city.",
            "parameters": {
                "type": "object",
                "properties": {"city": {"type": "string"}},
                "required": ["city"],
            },
        },
    }
]
ASK = [{"role": "user", "content": "hi"}]

checks = 0


def check(holds, what):
    global checks
    if not holds:
        print(f"does not hold: {what}", flush=True)
        sys.exit(1)
    checks += 1


def refused(kind, status, call):
    """The call ends in this class of the client, and with this status."""
    try:
        call()
    except openai.APIStatusError as e:
        check(type(e) is kind, f"{type(e).__name__} is {kind.__name__}: {e}")
        check(e.status_code == status, f"{e.status_code} is {status}: {e}")
        check(e.body is not None and e.message != "", f"a body and words: {e}")
        return e
    check(False, f"{kind.__name__} is raised")


def chat(client, model, **more):
    return client.chat.completions.create(model=model, messages=ASK, **more)


def chats(client):
    whole = chat(client, "m", temperature=0.5)
    check(whole.choices[0].message.content == "gold says hello .", "the words of a chat")
    check(whole.usage.total_tokens == 11, f"its usage: {whole.usage}")
    raw = client.chat.completions.with_raw_response.create(model="m", messages=ASK)
    check(raw.headers["x-reeve-provider"] == "gold", "who answered")
    check(raw.parse().choices[0].finish_reason == "stop", "the reason of its end")
    words, usage = "", None
    options = {"include_usage": True}
    for chunk in chat(client, "m", stream=True, stream_options=options):
        if chunk.choices:
            words += chunk.choices[0].delta.content or ""
        usage = chunk.usage or usage
    check(words == "gold says hello .", f"the words of a stream: {words}")
    check(usage is not None and usage.completion_tokens == 4, f"its usage: {usage}")
    old = client.completions.create(model="m", prompt="hi")
    check(old.choices[0].text == "gold says hello .", "the words of a completion")


def tools(client):
    called = chat(client, "tool", tools=TOOLS).choices[0]
    check(called.finish_reason == "tool_calls", "a function is called")
    function = called.message.tool_calls[0].function
    check(function.name == "weather", "its name")
    check(function.arguments == '{"city": "Oslo"}', f"its arguments: {function.arguments}")
    name, arguments = "", ""
    for chunk in chat(client, "tool", tools=TOOLS, stream=True):
        for part in (chunk.choices[0].delta.tool_calls or []) if chunk.choices else []:
            name += part.function.name or ""
            arguments += part.function.arguments or ""
    check((name, arguments) == ("weather", '{"city": "Oslo"}'), "the same in a stream")
    answered = client.chat.completions.create(
        model="m",
        tools=TOOLS,
        messages=ASK
        + [called.message.model_dump(exclude_none=True)]
        + [{"role": "tool", "tool_call_id": "call_1", "content": "rain"}],
    )
    check(answered.choices[0].message.content == "gold says hello .", "the answer after a call")


def responses(client):
    whole = client.responses.create(model="m", instructions="be brief", input="hi")
    check(whole.output_text == "gold says hello .", f"the words of a response: {whole}")
    check(whole.status == "completed", "its status")
    check(whole.usage.total_tokens == 11, f"its usage: {whole.usage}")
    words, last = "", ""
    for event in client.responses.create(model="m", input="hi", stream=True):
        last = event.type
        if event.type == "response.output_text.delta":
            words += event.delta
    check(words == "gold says hello .", f"the words of its stream: {words}")
    check(last == "response.completed", f"the last event: {last}")
    flat = [{"type": "function", **TOOLS[0]["function"]}]
    called = client.responses.create(model="tool", input="hi", tools=flat)
    calls = [item for item in called.output if item.type == "function_call"]
    check([call.name for call in calls] == ["weather"], f"a function is called: {called.output}")


def lists(client):
    models = {model.id for model in client.models.list()}
    check({"m", "tool", "broken", "busy", "flaky"} <= models, f"the models: {models}")
    check(client.models.retrieve("m").id == "m", "one of them")
    refused(openai.NotFoundError, 404, lambda: client.models.retrieve("nobody"))
    vectors = client.embeddings.create(model="m", input="hi", encoding_format="float")
    check(vectors.data[0].embedding == [0.25, -0.5, 0.001], "a vector")


def errors(client, base, other):
    stranger = OpenAI(base_url=base, api_key="sk-nobody", max_retries=0)
    refused(openai.AuthenticationError, 401, lambda: chat(stranger, "m"))
    denied = OpenAI(base_url=base, api_key=other, max_retries=0)
    refused(openai.PermissionDeniedError, 403, lambda: chat(denied, "m"))
    none = refused(openai.NotFoundError, 404, lambda: chat(client, "nobody"))
    check(none.code == "model_not_found", f"the code of a model: {none.code}")
    bad = refused(
        openai.BadRequestError,
        400,
        lambda: client.chat.completions.create(model="m", messages="hi"),
    )
    check(bad.param == "messages", f"the member at fault: {bad.param}")
    busy = refused(openai.RateLimitError, 429, lambda: chat(client, "busy"))
    check(busy.response.headers.get("retry-after") == "7", "when to come again")
    refused(openai.InternalServerError, 502, lambda: chat(client, "broken"))
    refused(openai.InternalServerError, 502, lambda: chat(client, "broken", stream=True))


def retries(base, key):
    patient = OpenAI(base_url=base, api_key=key, max_retries=2)
    check(chat(patient, "flaky").choices[0].message.content != "", "a retry goes well")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--base", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--other-key", required=True)
    options = parser.parse_args()
    client = OpenAI(base_url=options.base, api_key=options.key, max_retries=0, timeout=30)
    chats(client)
    tools(client)
    responses(client)
    lists(client)
    errors(client, options.base, options.other_key)
    retries(options.base, options.key)
    print(f"{checks} checks hold", flush=True)


if __name__ == "__main__":
    main()
