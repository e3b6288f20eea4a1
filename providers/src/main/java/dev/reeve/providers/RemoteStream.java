package dev.reeve.providers;

import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.provider.ModelStream;
import dev.reeve.service.provider.ProviderErrorClass;
import dev.reeve.service.provider.ProviderFailure;
import dev.reeve.service.provider.ProviderLink;
import dev.reeve.service.provider.Usage;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/// The stream of a provider service: chunks in the JSON of the OpenAI API pass as they are, texts
/// become such chunks.
final class RemoteStream implements ModelStream {
  private final ProviderLink.Chunks chunks;
  private final ChatForms forms;
  private final Queue<Part> ready = new ArrayDeque<>();
  private boolean words;
  private Usage usage = Usage.UNKNOWN;

  RemoteStream(ProviderLink.Chunks chunks, ChatForms forms) {
    this.chunks = chunks;
    this.forms = forms;
  }

  /// Waits for the first part: a stream that begins with its failure did not begin.
  Optional<ProviderFailure> begin() {
    read();
    return ready.peek() instanceof Part.Broken(ProviderFailure failure)
        ? Optional.of(failure)
        : Optional.empty();
  }

  @Override
  public Part next() {
    while (ready.isEmpty()) {
      read();
    }
    return ready.remove();
  }

  private void read() {
    switch (chunks.next()) {
      case ProviderLink.Chunk.Data(Bytes data) -> take(data);
      case ProviderLink.Chunk.Done(Map<String, String> metadata) -> finish(metadata);
      case ProviderLink.Chunk.Failed(ProviderFailure failure) ->
          ready.add(new Part.Broken(failure));
    }
  }

  private void take(Bytes data) {
    Optional<JsonValue.Members> document = RemoteWire.document(data);
    if (document.isEmpty()) {
      if (!words) {
        words = true;
        ready.add(new Part.Chunk(forms.role()));
      }
      ready.add(new Part.Chunk(forms.words(data.utf8())));
    } else if (document.get().values().containsKey("error")) {
      ready.add(
          new Part.Broken(
              ProviderFailure.of(ProviderErrorClass.SERVER_ERROR, "an error in mid-stream")));
    } else {
      OpenAiAnswers.usage(document.get()).ifPresent(told -> usage = told);
      ready.add(new Part.Chunk(data));
    }
  }

  private void finish(Map<String, String> metadata) {
    String status = metadata.getOrDefault("status", "success");
    if (!status.equals("success")) {
      ready.add(
          new Part.Broken(
              RemoteFailures.of(status, metadata.getOrDefault("error_code", ""), metadata)));
      return;
    }
    Usage said = RemoteWire.usage(metadata);
    usage = usage.estimated() ? said : usage.withCharged(said.charged());
    if (words) {
      ready.add(new Part.Chunk(forms.stop()));
      if (!usage.estimated()) {
        ready.add(new Part.Chunk(forms.tokens(usage)));
      }
    }
    ready.add(new Part.End(usage));
  }

  @Override
  public void close() {
    chunks.close();
  }
}
