package dev.reeve.job;

/// A count of requests on which a decision rests. The writer counts again, exactly, and refuses a
/// permit whose answer is not true any more.
///
/// @param key what is counted together
/// @param member the job; the same one counts once
/// @param requestsMax requests within the window that are not yet too many
/// @param windowMicros how long a request counts
/// @param exceeded what the decision took for true: that this request is one too many
public record RateCheck(
    String key, String member, long requestsMax, long windowMicros, boolean exceeded) {
  public RateCheck {
    Storable.text("key", key);
    Storable.micros("window", windowMicros);
  }
}
