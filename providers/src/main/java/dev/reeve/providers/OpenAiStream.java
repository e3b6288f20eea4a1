package dev.reeve.providers;

import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.util.TimeoutMode;
import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.provider.CancelSignal;
import dev.reeve.service.provider.ModelStream;
import dev.reeve.service.provider.ProviderErrorClass;
import dev.reeve.service.provider.ProviderFailure;
import dev.reeve.service.provider.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/// An answer of the OpenAI API as server-sent events, ended by `[DONE]`. What ends without it, or
/// without a reason to finish, broke off.
final class OpenAiStream implements ModelStream {
  private static final String DONE = "[DONE]";

  private final ClientRequestContext context;
  private final HttpResponse response;
  private final InputStream in;
  private final EventLines events;
  private final Duration timeout;
  private final CancelSignal cancel;
  private final Runnable forget;
  private Usage usage = Usage.UNKNOWN;

  OpenAiStream(
      ClientRequestContext context,
      HttpResponse response,
      InputStream in,
      Duration timeout,
      CancelSignal cancel,
      Runnable forget) {
    this.context = context;
    this.response = response;
    this.in = in;
    this.events = new EventLines(in);
    this.timeout = timeout;
    this.cancel = cancel;
    this.forget = forget;
  }

  @Override
  public Part next() {
    context.setResponseTimeout(TimeoutMode.SET_FROM_NOW, timeout);
    Optional<Bytes> event;
    try {
      event = events.next();
    } catch (IOException e) {
      return new Part.Broken(WireFailures.of(e, cancel));
    } catch (RuntimeException e) {
      return new Part.Broken(WireFailures.of(e, cancel));
    }
    if (event.isEmpty()) {
      return broken(ProviderErrorClass.CONNECTION_ERROR, "the stream ended before [DONE]");
    }
    String text = event.get().utf8().strip();
    if (text.equals(DONE)) {
      return new Part.End(usage);
    }
    Optional<JsonValue> document = JsonText.parse(text);
    if (document.isEmpty() || !(document.get() instanceof JsonValue.Members members)) {
      return broken(ProviderErrorClass.SERVER_ERROR, "a chunk is no JSON object");
    }
    if (members.values().containsKey("error")) {
      return broken(ProviderErrorClass.SERVER_ERROR, "an error in mid-stream");
    }
    OpenAiAnswers.usage(members).ifPresent(told -> usage = told);
    return new Part.Chunk(event.get());
  }

  private static Part broken(ProviderErrorClass errorClass, String message) {
    return new Part.Broken(ProviderFailure.of(errorClass, message));
  }

  @Override
  public void close() {
    forget.run();
    response.abort();
    try {
      in.close();
    } catch (IOException e) {
      // Nothing is read from it any more.
      return;
    }
  }
}
