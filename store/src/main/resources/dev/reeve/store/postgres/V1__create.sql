-- One row per log: where it stands, and who owns it until when. Every commit rewrites it, so its
-- page keeps room for the versions in between.
CREATE TABLE log (
  log_id       integer     NOT NULL PRIMARY KEY,
  format       integer     NOT NULL, -- lowest version of the stored bytes that a reader must know
  epoch        bigint      NOT NULL, -- rises by one with every owner
  position     bigint      NOT NULL, -- number of the newest commit
  now          bigint      NOT NULL, -- its time, microseconds since 1970 UTC
  next_job_no  bigint      NOT NULL,
  leaf_count   bigint      NOT NULL,
  frontier     bytea       NOT NULL, -- serialised Merkle frontier over the leaves
  owner        text        NOT NULL, -- node that holds the lease
  lease_until  timestamptz NOT NULL  -- by the clock of this database
) WITH (fillfactor = 10);
ALTER TABLE log ALTER COLUMN frontier SET STORAGE PLAIN;
INSERT INTO log VALUES (0, 1, 0, 0, 0, 1, 0, '', '', '-infinity');

-- One row per commit: the receipts of its group, and which jobs got which sequence numbers.
CREATE TABLE journal (
  log_id   integer NOT NULL,
  position bigint  NOT NULL,
  epoch    bigint  NOT NULL,
  now      bigint  NOT NULL,
  bytes    bytea   NOT NULL,
  PRIMARY KEY (log_id, position)
);

-- One row per job, never rewritten. The wide columns come last.
CREATE TABLE job (
  log_id    integer NOT NULL,
  job_no    bigint  NOT NULL,
  tenant    text    NOT NULL,
  job_id    text    NOT NULL,
  admission bytea   NOT NULL,
  events    bytea   NOT NULL, -- the first events
  payload   bytea,            -- NULL: none, or a blob
  PRIMARY KEY (log_id, job_no)
);
CREATE UNIQUE INDEX job_by_id ON job (log_id, tenant, job_id);
CREATE INDEX job_by_tenant ON job (log_id, tenant, job_no);

-- The jobs that have not ended. What a start reads.
CREATE TABLE unfinished (
  log_id integer NOT NULL,
  job_no bigint  NOT NULL,
  PRIMARY KEY (log_id, job_no)
);

-- One row per job that has ended.
CREATE TABLE ending (
  log_id      integer NOT NULL,
  job_no      bigint  NOT NULL,
  finished_at bigint  NOT NULL, -- microseconds since 1970 UTC
  state       text    NOT NULL, -- terminal state
  outcome     bytea   NOT NULL,
  result      bytea,            -- NULL: none, or a blob
  PRIMARY KEY (log_id, job_no)
);
-- Retention walks it from the oldest on.
CREATE INDEX ending_by_time ON ending (log_id, finished_at, job_no);

-- One row per later commit that touches a job: all its events of that commit.
CREATE TABLE segment (
  log_id    integer NOT NULL,
  job_no    bigint  NOT NULL,
  first_seq bigint  NOT NULL,
  position  bigint  NOT NULL, -- of the commit; parts segments without visible events
  events    bytea   NOT NULL,
  PRIMARY KEY (log_id, job_no, first_seq, position)
);

CREATE TABLE idempotency (
  log_id      integer NOT NULL,
  tenant      text    NOT NULL,
  project     text    NOT NULL,
  dialect     text    NOT NULL,
  key         text    NOT NULL,
  fingerprint bytea   NOT NULL,
  job_no      bigint  NOT NULL,
  job_id      text    NOT NULL,
  expires_at  bigint  NOT NULL, -- microseconds since 1970 UTC
  PRIMARY KEY (log_id, tenant, project, dialect, key)
);
CREATE INDEX idempotency_by_job ON idempotency (log_id, job_no);

-- Blobs in parts of 256 KiB. Most are stored as they came, compressed by their makers.
CREATE TABLE blob (
  log_id    integer NOT NULL,
  tenant    text    NOT NULL,
  sha256    bytea   NOT NULL,
  part      integer NOT NULL,
  stored_at bigint  NOT NULL, -- when it was last put, microseconds since 1970 UTC
  content   bytea   NOT NULL,
  PRIMARY KEY (log_id, tenant, sha256, part)
);
ALTER TABLE blob ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX blob_by_age ON blob (log_id, stored_at) WHERE part = 0;

-- Which jobs keep which blobs.
CREATE TABLE blob_use (
  log_id integer NOT NULL,
  job_no bigint  NOT NULL,
  tenant text    NOT NULL,
  sha256 bytea   NOT NULL,
  PRIMARY KEY (log_id, job_no, sha256)
);
CREATE INDEX blob_use_by_blob ON blob_use (log_id, sha256, tenant);

-- Leaf hashes of the receipts, 256 at a time. Kept for ever.
CREATE TABLE tile (
  log_id integer NOT NULL,
  tile   bigint  NOT NULL,
  hashes bytea   NOT NULL,
  PRIMARY KEY (log_id, tile)
);
ALTER TABLE tile ALTER COLUMN hashes SET STORAGE EXTERNAL;

-- Wide rows are compressed when they come in. LZ4 takes a tenth of the time that the default does,
-- where the server was built with it.
DO $$
BEGIN
  EXECUTE 'ALTER TABLE journal ALTER COLUMN bytes SET COMPRESSION lz4';
  EXECUTE 'ALTER TABLE job ALTER COLUMN admission SET COMPRESSION lz4,
                           ALTER COLUMN events SET COMPRESSION lz4,
                           ALTER COLUMN payload SET COMPRESSION lz4';
  EXECUTE 'ALTER TABLE ending ALTER COLUMN outcome SET COMPRESSION lz4,
                              ALTER COLUMN result SET COMPRESSION lz4';
  EXECUTE 'ALTER TABLE segment ALTER COLUMN events SET COMPRESSION lz4';
EXCEPTION WHEN feature_not_supported OR syntax_error THEN
  NULL;
END
$$;
