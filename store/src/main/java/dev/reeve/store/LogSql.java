package dev.reeve.store;

/// The statements that both databases run as they stand. The tables are in the migrations.
final class LogSql {
  static final String READ_FORMAT = "SELECT format FROM log WHERE log_id = ?";

  static final String READ_HEAD =
      "SELECT position, epoch, now, next_job_no, leaf_count, frontier FROM log WHERE log_id = ?";

  /// Moves the head only where the one we know is still in force: the fence of every commit.
  static final String MOVE_HEAD =
      "UPDATE log SET position = ?, now = ?, next_job_no = ?, leaf_count = ?, frontier = ?"
          + " WHERE log_id = ? AND epoch = ? AND position = ?";

  /// The fence of a transaction that leaves the head as it is.
  static final String HOLD_EPOCH = "UPDATE log SET epoch = epoch WHERE log_id = ? AND epoch = ?";

  static final String INSERT_JOURNAL =
      "INSERT INTO journal (log_id, position, epoch, now, bytes) VALUES (?, ?, ?, ?, ?)";

  static final String INSERT_JOB =
      "INSERT INTO job (log_id, job_no, tenant, job_id, admission, events, payload)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)";

  static final String INSERT_SEGMENT =
      "INSERT INTO segment (log_id, job_no, first_seq, position, events) VALUES (?, ?, ?, ?, ?)";

  static final String OPEN_JOB = "INSERT INTO unfinished (log_id, job_no) VALUES (?, ?)";

  /// A job ends once: a second end finds no row here and is found out by the count.
  static final String CLOSE_JOB = "DELETE FROM unfinished WHERE log_id = ? AND job_no = ?";

  static final String INSERT_ENDING =
      "INSERT INTO ending (log_id, job_no, finished_at, state, outcome, result)"
          + " VALUES (?, ?, ?, ?, ?, ?)";

  static final String TAKE_KEY =
      "INSERT INTO idempotency (log_id, tenant, project, dialect, key, fingerprint, job_no, job_id,"
          + " expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (log_id, tenant, project, dialect, key) DO UPDATE SET"
          + " fingerprint = excluded.fingerprint, job_no = excluded.job_no,"
          + " job_id = excluded.job_id, expires_at = excluded.expires_at";

  static final String USE_BLOB =
      "INSERT INTO blob_use (log_id, job_no, tenant, sha256) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT DO NOTHING";

  static final String INSERT_TILE = "INSERT INTO tile (log_id, tile, hashes) VALUES (?, ?, ?)";

  static final String FIND_DOCUMENT =
      "SELECT at, content FROM kept_document WHERE log_id = ? AND name = ?";

  /// By the order of names that the database has, whatever it is; so a prefix is no range of it.
  static final String LIST_DOCUMENTS =
      "SELECT at, content, name FROM kept_document WHERE log_id = ? AND name > ?"
          + " AND substr(name, 1, ?) = ? ORDER BY name LIMIT ?";

  static final String PUT_DOCUMENT =
      "INSERT INTO kept_document (log_id, name, at, content) VALUES (?, ?, ?, ?) ON CONFLICT"
          + " (log_id, name) DO UPDATE SET at = excluded.at, content = excluded.content";

  static final String DROP_DOCUMENT = "DELETE FROM kept_document WHERE log_id = ? AND name = ?";

  /// A cross join keeps SQLite from reading the wider table first; here and below.
  static final String UNFINISHED_JOBS =
      "SELECT j.job_no, j.admission, j.events FROM unfinished u CROSS JOIN job j"
          + " WHERE u.log_id = ? AND j.log_id = u.log_id AND j.job_no = u.job_no"
          + " ORDER BY u.job_no";

  static final String UNFINISHED_SEGMENTS =
      "SELECT s.job_no, s.events FROM unfinished u CROSS JOIN segment s"
          + " WHERE u.log_id = ? AND s.log_id = u.log_id AND s.job_no = u.job_no"
          + " ORDER BY u.job_no, s.first_seq, s.position";

  static final String OLDEST_FINISHED =
      "SELECT job_no FROM ending WHERE log_id = ? AND finished_at < ?"
          + " ORDER BY finished_at, job_no LIMIT ?";

  static final String REMOVE_SEGMENTS = "DELETE FROM segment WHERE log_id = ? AND job_no = ?";
  static final String REMOVE_KEYS = "DELETE FROM idempotency WHERE log_id = ? AND job_no = ?";
  static final String REMOVE_BLOB_USES = "DELETE FROM blob_use WHERE log_id = ? AND job_no = ?";
  static final String REMOVE_BLOB_USE =
      "DELETE FROM blob_use WHERE log_id = ? AND job_no = ? AND sha256 = ?";
  static final String REMOVE_ENDING = "DELETE FROM ending WHERE log_id = ? AND job_no = ?";
  static final String REMOVE_JOB = "DELETE FROM job WHERE log_id = ? AND job_no = ?";

  private static final String STORED_JOB =
      "SELECT job.job_no, job.admission, job.events, ending.outcome FROM job LEFT JOIN ending"
          + " ON ending.log_id = job.log_id AND ending.job_no = job.job_no";

  static final String FIND_BY_ID =
      STORED_JOB + " WHERE job.log_id = ? AND job.tenant = ? AND job.job_id = ?";

  /// Walks the tenants that have jobs, one index search each, and looks the id up in each of them:
  /// no index begins with the id.
  static final String FIND_IN_ANY_TENANT =
      "WITH RECURSIVE owner(tenant) AS (SELECT (SELECT min(tenant) FROM job WHERE log_id = ?) UNION"
          + " ALL SELECT (SELECT min(j.tenant) FROM job j WHERE j.log_id = ? AND j.tenant >"
          + " owner.tenant) FROM owner WHERE owner.tenant IS NOT NULL) SELECT job.job_no,"
          + " job.admission, job.events, ending.outcome FROM owner JOIN job ON job.log_id = ? AND"
          + " job.tenant = owner.tenant AND job.job_id = ? LEFT JOIN ending ON ending.log_id ="
          + " job.log_id AND ending.job_no = job.job_no ORDER BY job.tenant LIMIT 1";

  static final String FIND_BY_NO = STORED_JOB + " WHERE job.log_id = ? AND job.job_no = ?";

  static final String LIST_ALL =
      STORED_JOB + " WHERE job.log_id = ? AND job.job_no < ? ORDER BY job.job_no DESC LIMIT ?";

  static final String LIST_OF_TENANT =
      STORED_JOB
          + " WHERE job.log_id = ? AND job.tenant = ? AND job.job_no < ?"
          + " ORDER BY job.job_no DESC LIMIT ?";

  static final String FIRST_EVENTS = "SELECT events FROM job WHERE log_id = ? AND job_no = ?";

  /// The segment that contains a sequence number: the last one that begins at or before it.
  static final String SEGMENT_OF =
      "SELECT first_seq, position FROM segment WHERE log_id = ? AND job_no = ? AND first_seq <= ?"
          + " ORDER BY first_seq DESC, position DESC LIMIT 1";

  static final String SEGMENTS_FROM =
      "SELECT events FROM segment"
          + " WHERE log_id = ? AND job_no = ? AND (first_seq, position) >= (?, ?)"
          + " ORDER BY first_seq, position";

  static final String PAYLOAD = "SELECT payload FROM job WHERE log_id = ? AND job_no = ?";
  static final String RESULT = "SELECT result FROM ending WHERE log_id = ? AND job_no = ?";

  static final String JOURNAL =
      "SELECT position, epoch, now, bytes FROM journal WHERE log_id = ? AND position > ?"
          + " ORDER BY position LIMIT ?";

  static final String TILES =
      "SELECT tile, hashes FROM tile WHERE log_id = ? AND tile >= ? ORDER BY tile LIMIT ?";

  /// The one log of this release; part of every key, so that more can come.
  static final int LOG_ID = 0;

  private LogSql() {}
}
