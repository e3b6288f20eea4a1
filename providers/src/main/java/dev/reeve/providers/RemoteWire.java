package dev.reeve.providers;

import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.provider.CancelSignal;
import dev.reeve.service.provider.ModelOpening;
import dev.reeve.service.provider.ModelOperation;
import dev.reeve.service.provider.ModelOutcome;
import dev.reeve.service.provider.ModelRequest;
import dev.reeve.service.provider.ProviderErrorClass;
import dev.reeve.service.provider.ProviderFailure;
import dev.reeve.service.provider.ProviderLink;
import dev.reeve.service.provider.Usage;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/// A provider that is a service of its own: it is sent the request as it is, and answers in the
/// JSON of the OpenAI API or with a text. Chat alone.
final class RemoteWire implements SettledProvider.Wire {
  private static final int PARAMETER_LENGTH_MAX = 256;

  /// What no single call takes: whoever says more is wrong.
  private static final double COST_USD_MAX = 1_000_000;

  private static final Pattern AMOUNT = Pattern.compile("\\d{1,7}(\\.\\d{1,18})?");

  private final ProviderLink link;
  private final InstantSource clock;
  private final Executor blocking;

  /// @param blocking for the link, which blocks
  RemoteWire(ProviderLink link, InstantSource clock, Executor blocking) {
    this.link = link;
    this.clock = clock;
    this.blocking = blocking;
  }

  @Override
  public CompletableFuture<ModelOutcome> invoke(ModelRequest request, CancelSignal cancel) {
    return CompletableFuture.supplyAsync(() -> asked(request, cancel), blocking);
  }

  private ModelOutcome asked(ModelRequest request, CancelSignal cancel) {
    if (request.operation() != ModelOperation.CHAT) {
      return new ModelOutcome.Failed(notOffered(request));
    }
    return switch (link.invoke(call(request), cancel)) {
      case ProviderLink.Reply.Failed(ProviderFailure failure) -> new ModelOutcome.Failed(failure);
      case ProviderLink.Reply.Answered answered when answered.status().equals("success") ->
          answer(request, answered);
      case ProviderLink.Reply.Answered answered ->
          new ModelOutcome.Failed(
              RemoteFailures.of(answered.status(), answered.errorCode(), answered.metadata()));
    };
  }

  private ModelOutcome answer(ModelRequest request, ProviderLink.Reply.Answered answered) {
    Usage usage = usage(answered.metadata());
    Optional<BigDecimal> charged = cost(answered.costUsd()).or(usage::charged);
    usage = usage.withCharged(charged);
    Optional<JsonValue.Members> ours = document(answered.body());
    return ours.isPresent()
        ? new ModelOutcome.Answered(
            answered.body(),
            OpenAiAnswers.usage(ours.get()).map(told -> told.withCharged(charged)).orElse(usage))
        : new ModelOutcome.Answered(forms(request).whole(answered.body().utf8(), usage), usage);
  }

  @Override
  public ModelOpening open(ModelRequest request, CancelSignal cancel) {
    if (request.operation() != ModelOperation.CHAT) {
      return new ModelOpening.Failed(notOffered(request));
    }
    ProviderLink.Chunks chunks = link.open(call(request), cancel);
    RemoteStream stream = new RemoteStream(chunks, forms(request));
    Optional<ProviderFailure> failure = stream.begin();
    if (failure.isPresent()) {
      stream.close();
      return new ModelOpening.Failed(failure.get());
    }
    return new ModelOpening.Opened(stream);
  }

  private static ProviderFailure notOffered(ModelRequest request) {
    return ProviderFailure.of(
        ProviderErrorClass.REFUSED,
        request.operation().word() + " is not offered by a remote provider (expected: chat)");
  }

  private ChatForms forms(ModelRequest request) {
    return new ChatForms(
        "chatcmpl-" + UUID.randomUUID(), request.model(), clock.instant().getEpochSecond());
  }

  private static ProviderLink.Call call(ModelRequest request) {
    return new ProviderLink.Call(
        UUID.randomUUID().toString(),
        request.tenant(),
        request.traceId(),
        request.body(),
        parameters(request.body()),
        request.timeout());
  }

  /// The plain members of the request: its model, temperature and so on.
  private static Map<String, String> parameters(Bytes body) {
    Map<String, String> parameters = new HashMap<>();
    if (JsonText.parse(body.utf8()).orElse(new JsonValue.Absent())
        instanceof JsonValue.Members members) {
      members
          .values()
          .forEach((name, value) -> {
            String text = value instanceof JsonValue.Text words ? words.value() : plain(value);
            if (!text.isEmpty() && text.length() <= PARAMETER_LENGTH_MAX) {
              parameters.put(name, text);
            }
          });
    }
    return parameters;
  }

  private static String plain(JsonValue value) {
    return value instanceof JsonValue.Numeral || value instanceof JsonValue.Truth
        ? JsonText.write(value)
        : "";
  }

  /// The object, if it has choices or is an error, as those of the OpenAI API.
  static Optional<JsonValue.Members> document(Bytes body) {
    return JsonText.parse(body.utf8()).orElse(new JsonValue.Absent())
                instanceof JsonValue.Members members
            && (members.values().get("choices") instanceof JsonValue.Items
                || members.values().get("error") instanceof JsonValue.Members)
        ? Optional.of(members)
        : Optional.empty();
  }

  /// What a service says that it takes, if that is an amount.
  private static Optional<BigDecimal> cost(double usd) {
    return usd > 0 && usd <= COST_USD_MAX ? Optional.of(BigDecimal.valueOf(usd)) : Optional.empty();
  }

  /// The tokens, and the cost, that metadata tell.
  static Usage usage(Map<String, String> metadata) {
    long prompt = tokens(metadata.getOrDefault("prompt_tokens", ""));
    long completion = tokens(metadata.getOrDefault("completion_tokens", ""));
    Usage usage = prompt + completion == 0 ? Usage.UNKNOWN : Usage.told(prompt, 0, completion);
    return usage.withCharged(amount(metadata.getOrDefault("cost", "")));
  }

  private static Optional<BigDecimal> amount(String text) {
    boolean number = AMOUNT.matcher(text).matches();
    return number ? cost(Double.parseDouble(text)) : Optional.empty();
  }

  private static long tokens(String text) {
    boolean number =
        !text.isEmpty() && text.length() <= 15 && text.chars().allMatch(Character::isDigit);
    return number ? Long.parseLong(text) : 0;
  }

  @Override
  public void close() {
    link.close();
  }
}
