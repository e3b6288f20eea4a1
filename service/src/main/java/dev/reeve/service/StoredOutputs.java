package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.Ids;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Sha256;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.StoreException;
import dev.reeve.job.JobKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Results of jobs, by `res:JOB`, and redacted copies of them, by `KEY:redacted:SHA256`. What may
/// be read is decided by the state of the job: a result that is held back is not readable by its
/// pointer either.
public final class StoredOutputs implements PointedOutputs {
  private static final Logger log = LoggerFactory.getLogger(StoredOutputs.class);
  private static final String RESULT = "res:";
  private static final String REDACTED = ":redacted:";
  private static final Pattern COPY = Pattern.compile(".*:redacted:([0-9a-f]{64})");

  private final JobReader reader;
  private final BlobStore blobs;

  /// Outputs of the jobs and blobs of this store.
  public StoredOutputs(JobReader reader, BlobStore blobs) {
    this.reader = reader;
    this.blobs = blobs;
  }

  @Override
  public Pointed read(String tenant, String key) {
    try {
      Matcher copy = COPY.matcher(key);
      if (copy.matches()) {
        Optional<Bytes> bytes = blobs.get(tenant, Bytes.hex(copy.group(1)));
        return bytes.isPresent() ? new Pointed.Found(bytes.get()) : new Pointed.Missing();
      }
      return key.startsWith(RESULT)
          ? result(tenant, key.substring(RESULT.length()))
          : new Pointed.Missing();
    } catch (StoreException | ProblemException e) {
      log.warn("output behind a pointer not readable", e);
      return new Pointed.Unreadable();
    }
  }

  private Pointed result(String tenant, String jobId) {
    Optional<JobView> view =
        Ids.isGiven(jobId) ? reader.find(new JobKey(tenant, jobId)) : Optional.empty();
    if (view.isEmpty()) {
      return new Pointed.Missing();
    }
    return new Pointed.Found(reader.result(view.get().job()));
  }

  @Override
  public Pointed keepRedacted(String tenant, String key, Bytes redacted) {
    Bytes sha256 = Sha256.of(redacted);
    try {
      blobs.put(tenant, sha256, redacted);
      return new Pointed.Kept(key + REDACTED + sha256.hex());
    } catch (StoreException e) {
      log.warn("redacted copy not kept", e);
      return new Pointed.Unreadable();
    }
  }
}
