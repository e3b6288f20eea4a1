package dev.reeve.service.provider;

import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.provider.ModelScreen.Screened;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Lets a streamed answer out piece by piece: words leave once they were looked at together with
/// what stands before them, behind a hold-back ([HoldBack]); calls of tools leave when their choice
/// is finished. A later hit ends it. Used by one thread.
final class StreamScreen {
  /// What came of a piece.
  sealed interface Step {
    /// These chunks may leave; often none yet.
    record Leave(List<Bytes> chunks) implements Step {}

    /// Nothing more may.
    record Stop(Screened.Withheld why) implements Step {}
  }

  private static final int CONTEXT_LENGTH = 512;
  private static final String CHOICES = "choices";
  private static final String DELTA = "delta";
  private static final String FINISH = "finish_reason";
  private static final String INDEX = "index";
  private static final String TEXT = "text";

  /// Members of a delta that are read as they come.
  private static final Set<String> SPEECH =
      Set.of("content", "refusal", "reasoning", "reasoning_content");

  /// Words of one kind in one choice.
  private static final class Channel {
    private final String choice;
    private final String member;
    private String context = "";
    private String held = "";

    private Channel(String choice, String member) {
      this.choice = choice;
      this.member = member;
    }
  }

  private final ModelScreen screen;
  private final ModelScreen.Call call;
  private final int holdBack;
  private final boolean keepsUsage;
  private final boolean keepsTokens;
  private final List<Bytes> asTheyCame = new ArrayList<>();
  private final Map<String, Channel> channels = new LinkedHashMap<>();

  /// Chunks that wait for the first word, or for the end of their choice.
  private final List<JsonValue.Members> waiting = new ArrayList<>();

  private final List<Bytes> leaving = new ArrayList<>();
  private Optional<JsonValue.Members> envelope = Optional.empty();
  private Optional<Screened.Withheld> stopped = Optional.empty();
  private long lookedBytes;
  private boolean cut;
  private boolean finished;

  /// @param holdBack characters that rules may match at once
  /// @param body says what the caller wants in the answer: an answer that tells its tokens one by
  ///   one leaves as a whole
  StreamScreen(ModelScreen screen, ModelScreen.Call call, int holdBack, ModelBody body) {
    this.screen = screen;
    this.call = call;
    this.keepsUsage = body.wantsUsage();
    this.keepsTokens = body.wantsTokens();
    this.holdBack = keepsTokens ? HoldBack.WHOLE : holdBack;
  }

  /// Whether something was cut out so far.
  boolean hasCut() {
    return cut;
  }

  /// The next chunk of the provider.
  Step feed(Bytes chunk) {
    if (!(JsonText.parse(chunk.utf8()).orElse(new JsonValue.Absent())
        instanceof JsonValue.Members members)) {
      return step();
    }
    List<JsonValue> choices = choices(members);
    if (keepsTokens) {
      asTheyCame.add(chunk);
    }
    if (choices.isEmpty()) {
      if (keepsUsage || !members.values().containsKey("usage")) {
        waiting.add(members);
      }
      return step();
    }
    envelope = Optional.of(members);
    for (JsonValue value : choices) {
      if (value instanceof JsonValue.Members choice) {
        choice(members, choice);
      }
    }
    return step();
  }

  /// The end of the provider's answer: what is still held leaves, if it may.
  Step finish() {
    flush(Optional.empty());
    leaveWaiting();
    if (keepsTokens && !cut) {
      leaving.clear();
      leaving.addAll(asTheyCame);
    }
    finished = true;
    return step();
  }

  private Step step() {
    if (stopped.isPresent()) {
      return new Step.Stop(stopped.get());
    }
    if (keepsTokens && !finished) {
      return new Step.Leave(List.of());
    }
    List<Bytes> chunks = List.copyOf(leaving);
    leaving.clear();
    return new Step.Leave(chunks);
  }

  private static List<JsonValue> choices(JsonValue.Members chunk) {
    return chunk.values().get(CHOICES) instanceof JsonValue.Items items
        ? items.values()
        : List.of();
  }

  private void choice(JsonValue.Members chunk, JsonValue.Members choice) {
    String index =
        choice.values().get(INDEX) instanceof JsonValue.Numeral number ? number.literal() : "0";
    Map<String, JsonValue> rest = new LinkedHashMap<>(choice.values());
    Map<String, JsonValue> delta =
        choice.values().get(DELTA) instanceof JsonValue.Members given
            ? new LinkedHashMap<>(given.values())
            : new LinkedHashMap<>();
    Map<String, String> said = new LinkedHashMap<>();
    for (String member : SPEECH) {
      if (delta.get(member) instanceof JsonValue.Text words && !words.value().isEmpty()) {
        delta.remove(member);
        said.put(member, words.value());
      }
    }
    if (rest.get(TEXT) instanceof JsonValue.Text words && !words.value().isEmpty()) {
      rest.put(TEXT, new JsonValue.Text(""));
      said.put(TEXT, words.value());
    }
    if (rest.containsKey(DELTA)) {
      rest.put(DELTA, new JsonValue.Members(delta));
    }
    JsonValue.Members quiet = withChoice(chunk, new JsonValue.Members(rest));
    boolean finishes = rest.get(FINISH) instanceof JsonValue.Text;
    if (!finishes && (said.isEmpty() || !delta.isEmpty())) {
      waiting.add(quiet);
    }
    said.forEach((member, words) -> say(index, member, words));
    if (finishes) {
      flush(Optional.of(index));
      waiting.add(quiet);
      leaveWaiting();
    }
  }

  private void say(String index, String member, String words) {
    Channel channel =
        channels.computeIfAbsent(index + "/" + member, _ -> new Channel(index, member));
    channel.held += words;
    int length = HoldBack.releasable(channel.held, holdBack);
    if (length > 0) {
      release(channel, length);
    }
  }

  /// Lets out what is held of a choice, or of all.
  private void flush(Optional<String> index) {
    for (Channel channel : channels.values()) {
      if (!channel.held.isEmpty() && (index.isEmpty() || index.get().equals(channel.choice))) {
        release(channel, channel.held.length());
      }
    }
  }

  /// Looks at all that is here; lets the beginning of it out.
  private void release(Channel channel, int length) {
    if (stopped.isPresent()) {
      return;
    }
    String known = channel.context + channel.held;
    lookedBytes += length;
    switch (screen.look(call, List.of(known), lookedBytes)) {
      case Screened.Withheld withheld -> stopped = Optional.of(withheld);
      case Screened.Released released -> {
        String text = released.texts().getFirst();
        if (text.equals(known)) {
          leave(channel, channel.held.substring(0, length), channel.held.substring(length));
        } else {
          leaveCut(channel, released, text, length);
        }
      }
    }
  }

  /// What was cut lies in what had not left, or it is too late.
  private void leaveCut(Channel channel, Screened.Released released, String text, int length) {
    if (!text.startsWith(channel.context)) {
      stopped =
          Optional.of(
              new Screened.Withheld(
                  released.rule(), "something that may not be read had begun to leave", ""));
      return;
    }
    cut = true;
    boolean all = length == channel.held.length();
    String clean = text.substring(channel.context.length());
    int leaves = all ? clean.length() : HoldBack.releasable(clean, holdBack);
    leave(channel, clean.substring(0, leaves), clean.substring(leaves));
  }

  private void leave(Channel channel, String words, String held) {
    channel.held = held;
    if (words.isEmpty()) {
      return;
    }
    String context = channel.context + words;
    int from = Math.max(0, context.length() - CONTEXT_LENGTH);
    if (from > 0 && Character.isLowSurrogate(context.charAt(from))) {
      from++;
    }
    channel.context = context.substring(from);
    leaveQuiet();
    leaving.add(written(said(channel, words)));
  }

  /// Chunks without words of the model, such as the first with its role, leave before the words.
  private void leaveQuiet() {
    for (JsonValue.Members chunk : List.copyOf(waiting)) {
      if (AnswerTexts.of(chunk).stream().allMatch(String::isEmpty)) {
        waiting.remove(chunk);
        leaving.add(written(chunk));
      }
    }
  }

  private JsonValue.Members said(Channel channel, String words) {
    Map<String, JsonValue> choice = new LinkedHashMap<>();
    choice.put(INDEX, new JsonValue.Numeral(channel.choice));
    if (channel.member.equals(TEXT)) {
      choice.put(TEXT, new JsonValue.Text(words));
    } else {
      choice.put(DELTA, new JsonValue.Members(Map.of(channel.member, new JsonValue.Text(words))));
    }
    choice.put(FINISH, new JsonValue.Absent());
    return withChoice(envelope.orElseThrow(), new JsonValue.Members(choice));
  }

  private static JsonValue.Members withChoice(JsonValue.Members chunk, JsonValue.Members choice) {
    Map<String, JsonValue> members = new LinkedHashMap<>(chunk.values());
    members.put(CHOICES, new JsonValue.Items(List.of(choice)));
    return new JsonValue.Members(members);
  }

  /// Everything that waited leaves together, once its words as a whole were looked at: pieces of a
  /// call of a tool tell nothing each by itself.
  private void leaveWaiting() {
    if (stopped.isPresent() || waiting.isEmpty()) {
      return;
    }
    List<String> words = new ArrayList<>();
    waiting.forEach(chunk -> words.addAll(AnswerTexts.of(chunk)));
    String joined = String.join("", words);
    if (!joined.isEmpty()) {
      lookedBytes += joined.length();
      switch (screen.look(call, List.of(joined), lookedBytes)) {
        case Screened.Withheld withheld -> {
          stopped = Optional.of(withheld);
          return;
        }
        case Screened.Released released -> {
          if (!released.texts().getFirst().equals(joined)) {
            stopped =
                Optional.of(
                    new Screened.Withheld(
                        released.rule(), "a call of a tool that would have to be cut", ""));
            return;
          }
        }
      }
    }
    waiting.forEach(chunk -> leaving.add(written(chunk)));
    waiting.clear();
  }

  private static Bytes written(JsonValue.Members chunk) {
    return Bytes.utf8(JsonText.write(chunk));
  }
}
