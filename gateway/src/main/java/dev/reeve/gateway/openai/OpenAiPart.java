package dev.reeve.gateway.openai;

import com.google.protobuf.ByteString;
import dev.reeve.wire.reeve.v1.ModelCallHead;

/// A part of an answer, whichever method it is from.
///
/// @param head who answers
/// @param hasHead whether it is in this part
/// @param body JSON; may be empty
/// @param chunk whether the answer comes in chunks
/// @param cost in USD; empty when it is not known
record OpenAiPart(
    ModelCallHead head, boolean hasHead, ByteString body, boolean chunk, String cost) {}
