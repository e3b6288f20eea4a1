-- The policies that were in force, and the files they were made of: which text a receipt's snapshot names.
CREATE TABLE policy_snapshot (
  log_id   integer NOT NULL,
  snapshot text    NOT NULL, -- its id; empty where there was no policy
  turn     bigint  NOT NULL, -- rises with each policy that comes into force, or comes again
  first_at bigint  NOT NULL, -- put in force first, microseconds since 1970 UTC
  last_at  bigint  NOT NULL, -- put in force last
  source   text    NOT NULL,
  files    integer NOT NULL,
  bytes    bigint  NOT NULL, -- of all its files
  PRIMARY KEY (log_id, snapshot)
);

CREATE TABLE policy_snapshot_file (
  log_id     integer NOT NULL,
  snapshot   text    NOT NULL,
  place      integer NOT NULL, -- in the order in which they were merged, from 0
  name       text    NOT NULL,
  invariants integer NOT NULL, -- 1 for the floor
  verified   integer NOT NULL, -- 1 where a signature over it was verified
  content    bytea,            -- NULL for an empty one
  PRIMARY KEY (log_id, snapshot, place)
);
