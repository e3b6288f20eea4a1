package dev.reeve.service.provider;

/// The APIs of models that we serve and call.
public enum ModelOperation {
  CHAT("chat", "chat/completions"),
  COMPLETION("completion", "completions"),
  EMBEDDING("embedding", "embeddings");

  private final String word;
  private final String path;

  ModelOperation(String word, String path) {
    this.word = word;
    this.path = path;
  }

  /// The word for it in topics, actions and routing: `job.model.chat`, `action:model:chat`.
  public String word() {
    return word;
  }

  /// Its path in the OpenAI API, below `/v1/`.
  public String path() {
    return path;
  }

  /// The topic that policy sees.
  public String topic() {
    return "job.model." + word;
  }
}
