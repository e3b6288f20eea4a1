package dev.reeve.providers;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.reeve.service.provider.CancelSignal;
import dev.reeve.service.provider.ModelOpening;
import dev.reeve.service.provider.ModelStream;
import dev.reeve.service.provider.ProviderErrorClass;
import dev.reeve.service.provider.ProviderFailure;
import dev.reeve.service.provider.Usage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A stream that a library pushes, for a reader that pulls: a short queue between them, whose
/// fullness holds the library's thread back.
final class LibraryStream implements ModelStream {
  private static final int QUEUE_PARTS = 64;

  private final ChatForms forms;
  private final Duration timeout;
  private final CancelSignal cancel;
  private final InstantSource clock;
  private final Runnable forget;
  private final BlockingQueue<Part> queue = new ArrayBlockingQueue<>(QUEUE_PARTS);
  private volatile boolean closed;
  private @Nullable Part first;

  LibraryStream(ChatForms forms, Duration timeout, CancelSignal cancel, InstantSource clock) {
    this.clock = clock;
    this.forms = forms;
    this.timeout = timeout;
    this.cancel = cancel;
    this.forget = cancel.whenGiven(this::shut);
  }

  StreamingChatResponseHandler handler() {
    return new Handler();
  }

  /// Waits for the first part: a stream that begins with its failure did not begin.
  ModelOpening opening() {
    Part begun = next();
    if (begun instanceof Part.Broken(ProviderFailure failure)) {
      close();
      return new ModelOpening.Failed(failure);
    }
    first = begun;
    return new ModelOpening.Opened(this);
  }

  @Override
  public Part next() {
    Part begun = first;
    if (begun != null) {
      first = null;
      return begun;
    }
    try {
      Part part = queue.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (cancel.isGiven()) {
        return broken(ProviderErrorClass.CANCELLED, "the caller went away");
      }
      return part == null ? broken(ProviderErrorClass.TIMEOUT, "no answer in time") : part;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return broken(ProviderErrorClass.CANCELLED, "interrupted");
    }
  }

  private static Part broken(ProviderErrorClass errorClass, String message) {
    return new Part.Broken(ProviderFailure.of(errorClass, message));
  }

  @Override
  public void close() {
    forget.run();
    shut();
  }

  /// The library is told at its next word; until then its thread must not wait for a reader.
  private void shut() {
    closed = true;
    queue.clear();
    boolean _ = queue.offer(broken(ProviderErrorClass.CANCELLED, "closed"));
  }

  private void put(Part part) {
    try {
      boolean taken = false;
      while (!taken && !closed) {
        taken = queue.offer(part, 100, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Called by the library's thread.
  private final class Handler implements StreamingChatResponseHandler {
    private boolean begun;

    private void begin() {
      if (!begun) {
        begun = true;
        put(new Part.Chunk(forms.role()));
      }
    }

    @Override
    public void onPartialResponse(PartialResponse words, PartialResponseContext context) {
      if (closed) {
        context.streamingHandle().cancel();
        return;
      }
      begin();
      put(new Part.Chunk(forms.words(words.text())));
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall call) {
      begin();
      put(new Part.Chunk(forms.call(call.index(), call.toolExecutionRequest())));
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      begin();
      Usage usage = ChatForms.usage(response).orElse(Usage.UNKNOWN);
      put(new Part.Chunk(forms.end(response)));
      put(new Part.Chunk(forms.tokens(usage)));
      put(new Part.End(usage));
    }

    @Override
    public void onError(Throwable failure) {
      put(new Part.Broken(LibraryFailures.of(failure, cancel, clock.instant())));
    }
  }
}
