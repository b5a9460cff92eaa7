-- Work that takes longer than a request: what was asked, how far it is, what came out.

CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled', 'expired')),
  input TEXT NOT NULL CHECK (json_valid(input)),
  output TEXT CHECK (output IS NULL OR json_valid(output)),
  done INTEGER NOT NULL DEFAULT 0 CHECK (done >= 0),
  total INTEGER CHECK (total >= 0),
  progress_note TEXT NOT NULL DEFAULT '',
  attempt_count INTEGER NOT NULL DEFAULT 0,
  max_attempts INTEGER NOT NULL CHECK (max_attempts >= 1),
  -- Grows with every lease; only the worker that holds the last one may write.
  fence INTEGER NOT NULL DEFAULT 0,
  leased_by TEXT NOT NULL DEFAULT '',
  leased_until TEXT,
  due_at TEXT NOT NULL,
  -- A queued job that has not begun by then never does.
  start_by TEXT NOT NULL,
  cancel_requested_at TEXT,
  error_code TEXT NOT NULL DEFAULT '',
  error_detail TEXT NOT NULL DEFAULT '',
  -- Who asked: the work is done in this name.
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  request_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  started_at TEXT,
  finished_at TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((state IN ('queued', 'running')) = (finished_at IS NULL)),
  CHECK ((state = 'running') = (leased_until IS NOT NULL))
) STRICT;
CREATE INDEX jobs_by_age ON jobs (organization_id, created_at, id);
CREATE INDEX jobs_of_kind ON jobs (organization_id, kind, created_at, id);
CREATE INDEX jobs_due ON jobs (due_at, id) WHERE state = 'queued';
CREATE INDEX jobs_leased ON jobs (leased_until) WHERE state = 'running';
CREATE INDEX jobs_to_forget ON jobs (finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE job_log (
  number INTEGER PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  logged_at TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')),
  message TEXT NOT NULL
) STRICT;
CREATE INDEX job_log_of_job ON job_log (job_id, number);

CREATE TABLE job_artifacts (
  id TEXT PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES jobs (id),
  name TEXT NOT NULL,
  object_key TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  UNIQUE (job_id, name)
) STRICT;
CREATE INDEX job_artifacts_expiring ON job_artifacts (expires_at);
CREATE INDEX job_artifacts_of_object ON job_artifacts (object_key);
