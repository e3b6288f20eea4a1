package dev.reeve.service.provider;

import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A request in the JSON of the OpenAI API, with the members that we need to know. Everything else
/// is the provider's business and passes as it is. Immutable.
final class ModelBody {
  private static final int MODEL_LENGTH_MAX = 256;
  private static final String MODEL_EXPECTED = "the name of a model";
  private static final String MODEL = "model";
  private static final String STREAM = "stream";
  private static final String STREAM_OPTIONS = "stream_options";
  private static final String INCLUDE_USAGE = "include_usage";

  private final JsonValue.Members tree;
  private final ModelOperation operation;
  private final String model;
  private final boolean streams;

  private ModelBody(
      JsonValue.Members tree, ModelOperation operation, String model, boolean streams) {
    this.tree = tree;
    this.operation = operation;
    this.model = model;
    this.streams = streams;
  }

  /// Reads a request.
  ///
  /// @throws dev.reeve.base.ProblemException `MODEL_REQUEST_INVALID`
  static ModelBody read(ModelOperation operation, Bytes body) {
    Optional<JsonValue> document = JsonText.parse(body.utf8());
    if (document.isEmpty() || !(document.get() instanceof JsonValue.Members tree)) {
      throw ProviderProblems.MODEL_REQUEST_INVALID
          .field("body", "no JSON object", "a JSON object without repeated members")
          .toException();
    }
    RequestMember named = RequestMember.of(tree, MODEL);
    String model = named.name(MODEL_EXPECTED);
    if (model.length() > MODEL_LENGTH_MAX) {
      throw named.refused(MODEL_EXPECTED);
    }
    RequestMember stream = RequestMember.of(tree, STREAM);
    stream.checkTruthOrAbsent();
    boolean streams = stream.value() instanceof JsonValue.Truth truth && truth.value();
    if (streams && operation == ModelOperation.EMBEDDING) {
      throw stream.refused("false: embeddings do not stream");
    }
    ModelRequestCheck.check(operation, tree);
    return new ModelBody(tree, operation, model, streams);
  }

  /// The model that was asked for.
  String model() {
    return model;
  }

  /// Whether the answer is to come in pieces.
  boolean streams() {
    return streams;
  }

  /// Whether the caller wants the tokens at the end of a stream.
  boolean wantsUsage() {
    return tree.values().get(STREAM_OPTIONS) instanceof JsonValue.Members options
        && options.values().get(INCLUDE_USAGE) instanceof JsonValue.Truth truth
        && truth.value();
  }

  /// Whether the answer tells its tokens one by one, which nothing can be cut out of.
  boolean wantsTokens() {
    JsonValue logprobs = tree.values().get("logprobs");
    return logprobs instanceof JsonValue.Truth truth
        ? truth.value()
        : logprobs instanceof JsonValue.Numeral;
  }

  /// Who the caller says its user is; empty when it does not.
  String user() {
    return tree.values().get("user") instanceof JsonValue.Text user ? user.value() : "";
  }

  /// The request as a provider gets it: for its model, and a stream always with its tokens.
  Bytes forModel(String providersModel) {
    if (providersModel.equals(model) && (!streams || wantsUsage())) {
      return Bytes.utf8(JsonText.write(tree));
    }
    Map<String, JsonValue> members = new LinkedHashMap<>(tree.values());
    members.put(MODEL, new JsonValue.Text(providersModel));
    if (streams && !wantsUsage()) {
      Map<String, JsonValue> options =
          tree.values().get(STREAM_OPTIONS) instanceof JsonValue.Members given
              ? new LinkedHashMap<>(given.values())
              : new LinkedHashMap<>();
      options.put(INCLUDE_USAGE, new JsonValue.Truth(true));
      members.put(STREAM_OPTIONS, new JsonValue.Members(options));
    }
    return Bytes.utf8(JsonText.write(new JsonValue.Members(members)));
  }

  ModelOperation operation() {
    return operation;
  }
}
