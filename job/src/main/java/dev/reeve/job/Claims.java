package dev.reeve.job;

/// What a submitter says of the act beyond what the job itself shows. Policy matches it; nobody
/// vouches for it.
///
/// @param actorId who acts; empty for the principal
/// @param actorType what kind of actor, such as `human` or `service`; may be empty
/// @param packId the pack that the work comes from; may be empty
public record Claims(String actorId, String actorType, String packId) {
  public static final Claims NONE = new Claims("", "", "");

  public Claims {
    Storable.text("actor_id", actorId);
    Storable.text("actor_type", actorType);
    Storable.text("pack_id", packId);
  }
}
