-- Small documents beside the log that must neither vanish nor go back, one row each: what files of the
-- data directory say is compared with them.
CREATE TABLE kept_document (
  log_id  integer NOT NULL,
  name    text    NOT NULL,
  at      bigint  NOT NULL, -- of what it says, microseconds since 1970 UTC
  content bytea   NOT NULL,
  PRIMARY KEY (log_id, name)
);
