-- A file holds one log: log_id is in every table so that both databases run the same statements, but
-- what counts upwards is a key by itself, which saves a tree beside each table, and indexes begin with
-- what tells rows apart. Rows are appended and never rewritten, so that a commit touches few pages.

-- One row per log: where it stands. Every commit rewrites it.
CREATE TABLE log (
  log_id       INTEGER NOT NULL PRIMARY KEY,
  format       INTEGER NOT NULL, -- lowest version of the stored bytes that a reader must know
  epoch        INTEGER NOT NULL, -- rises by one with every owner
  position     INTEGER NOT NULL, -- number of the newest commit
  now          INTEGER NOT NULL, -- its time, microseconds since 1970 UTC
  next_job_no  INTEGER NOT NULL,
  leaf_count   INTEGER NOT NULL,
  frontier     BLOB    NOT NULL  -- serialised Merkle frontier over the leaves
);
INSERT INTO log VALUES (0, 1, 0, 0, 0, 1, 0, x'');

-- One row per commit: the receipts of its group, and which jobs got which sequence numbers.
CREATE TABLE journal (
  log_id   INTEGER NOT NULL,
  position INTEGER NOT NULL PRIMARY KEY,
  epoch    INTEGER NOT NULL,
  now      INTEGER NOT NULL,
  bytes    BLOB    NOT NULL
);

-- One row per job. The wide columns come last, so that reading a head leaves them alone.
CREATE TABLE job (
  log_id    INTEGER NOT NULL,
  job_no    INTEGER NOT NULL PRIMARY KEY,
  tenant    TEXT    NOT NULL,
  job_id    TEXT    NOT NULL,
  admission BLOB    NOT NULL,
  events    BLOB    NOT NULL, -- the first events
  payload   BLOB              -- NULL: none, or a blob
);
CREATE UNIQUE INDEX job_by_id ON job (tenant, job_id);
-- In order of job_no, which every entry ends with.
CREATE INDEX job_by_tenant ON job (tenant);

-- The jobs that have not ended. What a start reads.
CREATE TABLE unfinished (
  log_id INTEGER NOT NULL,
  job_no INTEGER NOT NULL,
  PRIMARY KEY (log_id, job_no)
) WITHOUT ROWID;

-- One row per job that has ended.
CREATE TABLE ending (
  log_id      INTEGER NOT NULL,
  job_no      INTEGER NOT NULL PRIMARY KEY,
  finished_at INTEGER NOT NULL, -- microseconds since 1970 UTC
  state       TEXT    NOT NULL, -- terminal state
  outcome     BLOB    NOT NULL,
  result      BLOB              -- NULL: none, or a blob
);
-- Retention walks it from the oldest on.
CREATE INDEX ending_by_time ON ending (finished_at);

-- One row per later commit that touches a job: all its events of that commit.
CREATE TABLE segment (
  log_id    INTEGER NOT NULL,
  job_no    INTEGER NOT NULL,
  first_seq INTEGER NOT NULL,
  position  INTEGER NOT NULL, -- of the commit; parts segments without visible events
  events    BLOB    NOT NULL,
  PRIMARY KEY (log_id, job_no, first_seq, position)
) WITHOUT ROWID;

CREATE TABLE idempotency (
  log_id      INTEGER NOT NULL,
  tenant      TEXT    NOT NULL,
  project     TEXT    NOT NULL,
  dialect     TEXT    NOT NULL,
  key         TEXT    NOT NULL,
  fingerprint BLOB    NOT NULL,
  job_no      INTEGER NOT NULL,
  job_id      TEXT    NOT NULL,
  expires_at  INTEGER NOT NULL, -- microseconds since 1970 UTC
  PRIMARY KEY (log_id, tenant, project, dialect, key)
) WITHOUT ROWID;
CREATE INDEX idempotency_by_job ON idempotency (log_id, job_no);

-- Blobs small enough for the commit that refers to them. Larger ones are files.
CREATE TABLE blob (
  log_id  INTEGER NOT NULL,
  tenant  TEXT    NOT NULL,
  sha256  BLOB    NOT NULL,
  content BLOB    NOT NULL,
  PRIMARY KEY (log_id, tenant, sha256)
);

-- Which jobs keep which blobs, files included.
CREATE TABLE blob_use (
  log_id INTEGER NOT NULL,
  job_no INTEGER NOT NULL,
  tenant TEXT    NOT NULL,
  sha256 BLOB    NOT NULL,
  PRIMARY KEY (log_id, job_no, sha256)
) WITHOUT ROWID;
CREATE INDEX blob_use_by_blob ON blob_use (log_id, sha256, tenant);

-- Leaf hashes of the receipts, 256 at a time. Kept for ever.
CREATE TABLE tile (
  log_id INTEGER NOT NULL,
  tile   INTEGER NOT NULL PRIMARY KEY,
  hashes BLOB    NOT NULL
);
