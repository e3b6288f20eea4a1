-- The policies that were in force, and the files they were made of: which text a receipt's snapshot names.
CREATE TABLE policy_snapshot (
  log_id   INTEGER NOT NULL,
  snapshot TEXT    NOT NULL, -- its id; empty where there was no policy
  turn     INTEGER NOT NULL, -- rises with each policy that comes into force, or comes again
  first_at INTEGER NOT NULL, -- put in force first, microseconds since 1970 UTC
  last_at  INTEGER NOT NULL, -- put in force last
  source   TEXT    NOT NULL,
  files    INTEGER NOT NULL,
  bytes    INTEGER NOT NULL, -- of all its files
  PRIMARY KEY (log_id, snapshot)
);

CREATE TABLE policy_snapshot_file (
  log_id     INTEGER NOT NULL,
  snapshot   TEXT    NOT NULL,
  place      INTEGER NOT NULL, -- in the order in which they were merged, from 0
  name       TEXT    NOT NULL,
  invariants INTEGER NOT NULL, -- 1 for the floor
  verified   INTEGER NOT NULL, -- 1 where a signature over it was verified
  content    BLOB,             -- NULL for an empty one
  PRIMARY KEY (log_id, snapshot, place)
);
