-- What runs by the clock, when it runs next, and how each run went.

CREATE TABLE schedules (
  name TEXT PRIMARY KEY,
  summary TEXT NOT NULL,
  cron TEXT NOT NULL,
  timezone TEXT NOT NULL,
  -- What happens to times that passed while nothing was running.
  catch_up TEXT NOT NULL CHECK (catch_up IN ('skip', 'once')),
  next_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE schedule_runs (
  id TEXT PRIMARY KEY,
  schedule TEXT NOT NULL,
  -- Why it runs.
  cause TEXT NOT NULL CHECK (cause IN ('schedule', 'catch_up', 'manual')),
  asked_by TEXT NOT NULL DEFAULT '',
  due_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed')),
  -- The process that runs it: one that a dead process left is taken up again.
  leased_by TEXT NOT NULL DEFAULT '',
  attempt_count INTEGER NOT NULL DEFAULT 0,
  -- The last tenant that was dealt with: a run that was cut off goes on after it.
  position TEXT NOT NULL DEFAULT '',
  tenants_done INTEGER NOT NULL DEFAULT 0,
  tenants_failed INTEGER NOT NULL DEFAULT 0,
  -- JSON: counts and facts that the run reports.
  facts TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(facts)),
  error TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  started_at TEXT,
  finished_at TEXT,
  CHECK ((state IN ('queued', 'running')) = (finished_at IS NULL))
) STRICT;
CREATE INDEX schedule_runs_by_age ON schedule_runs (schedule, created_at, id);
CREATE INDEX schedule_runs_to_forget ON schedule_runs (created_at) WHERE finished_at IS NOT NULL;
-- Two runs of one schedule never overlap.
CREATE UNIQUE INDEX schedule_runs_one_open ON schedule_runs (schedule)
  WHERE state IN ('queued', 'running');

CREATE TABLE schedule_failures (
  number INTEGER PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES schedule_runs (id) ON DELETE CASCADE,
  tenant_id TEXT NOT NULL,
  detail TEXT NOT NULL,
  failed_at TEXT NOT NULL
) STRICT;
CREATE INDEX schedule_failures_of_run ON schedule_failures (run_id, number);
