package dev.reeve.gateway;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.protobuf.ProtoUtils;
import java.util.Optional;

/// A method that HTTP can call: how to make its request from JSON.
///
/// @param descriptor the method as it is registered
/// @param prototype an empty request
/// @param bodyBytesMax largest JSON body
/// @param served whether it is; when not, no body is looked at
record JsonMethod(
    MethodDescriptor<Message, Message> descriptor,
    Message prototype,
    long bodyBytesMax,
    boolean served) {
  /// JSON is longer than the wire form: base64, quotes, names.
  private static final long BODY_BYTES_EXTRA = 64 * 1024;

  /// @return empty when its messages are not Protobuf
  static Optional<JsonMethod> of(MethodDescriptor<?, ?> method, int requestBytesMax) {
    long bodyBytesMax = 2L * requestBytesMax + BODY_BYTES_EXTRA;
    return method.getRequestMarshaller() instanceof PrototypeMarshaller<?> requests
            && requests.getMessagePrototype() instanceof Message prototype
        ? Optional.of(new JsonMethod(ofMessages(method), prototype, bodyBytesMax, true))
        : Optional.empty();
  }

  /// A declared method that nobody serves yet. It is called all the same, to be refused by name.
  static JsonMethod notYet(MethodDescriptor<?, ?> method) {
    MethodDescriptor<Message, Message> descriptor =
        MethodDescriptor.<Message, Message>newBuilder()
            .setFullMethodName(method.getFullMethodName())
            .setType(method.getType())
            .setRequestMarshaller(ProtoUtils.marshaller((Message) Empty.getDefaultInstance()))
            .setResponseMarshaller(ProtoUtils.marshaller((Message) Empty.getDefaultInstance()))
            .build();
    return new JsonMethod(descriptor, Empty.getDefaultInstance(), BODY_BYTES_EXTRA, false);
  }

  /// Every generated request and response is a [Message], which is what the marshallers take.
  @SuppressWarnings("unchecked")
  private static MethodDescriptor<Message, Message> ofMessages(MethodDescriptor<?, ?> method) {
    return (MethodDescriptor<Message, Message>) method;
  }

  /// @throws dev.reeve.base.ProblemException `JSON_INVALID`
  Message read(String json) {
    if (!served) {
      return prototype;
    }
    Message.Builder request = prototype.newBuilderForType();
    ProtoJsonReader.read(json, request);
    return request.build();
  }

  boolean streamsRequests() {
    return !descriptor.getType().clientSendsOneMessage();
  }

  boolean streamsResponses() {
    return !descriptor.getType().serverSendsOneMessage();
  }
}
