-- What every tenant's file needs before it has any business in it.

-- One row per write that carried an Idempotency-Key, stored with the effect of that write.
CREATE TABLE idempotency_keys (
  -- Answers lie in the order they were given: only the small index of the keys is in theirs.
  number INTEGER PRIMARY KEY,
  principal_id TEXT NOT NULL,
  key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  operation_id TEXT NOT NULL,
  request_hash BLOB NOT NULL,
  -- NULL while an operation that calls the outside is still running.
  status INTEGER,
  etag TEXT,
  body TEXT,
  -- The process that runs it, so that a key left behind by a dead process can be taken over.
  process_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (principal_id, key)
) STRICT;
CREATE INDEX idempotency_keys_to_forget ON idempotency_keys (created_at);

-- The outbox: the only way out. `seq` is gapless, because it is taken inside the one writer.
CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  occurred_at TEXT NOT NULL,
  request_id TEXT NOT NULL,
  data TEXT NOT NULL CHECK (json_valid(data))
) STRICT;
CREATE INDEX events_of_organization ON events (organization_id, seq);
CREATE INDEX events_of_subject ON events (subject_id, seq);
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'events are immutable'); END;

-- How far each reader of the outbox has come.
CREATE TABLE event_readers (
  name TEXT PRIMARY KEY,
  position INTEGER NOT NULL CHECK (position >= 0),
  moved_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One entry per mutation, in the transaction that made it; each holds the hash of the one before.
CREATE TABLE audit_entries (
  seq INTEGER PRIMARY KEY,
  organization_id TEXT NOT NULL,
  occurred_at TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  action TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  changes TEXT NOT NULL CHECK (json_valid(changes)),
  ip TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  request_id TEXT NOT NULL,
  previous_hash BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE INDEX audit_entries_of_organization ON audit_entries (organization_id, seq);
CREATE INDEX audit_entries_of_subject ON audit_entries (subject_id, seq);
CREATE TRIGGER audit_entries_are_not_changed BEFORE UPDATE ON audit_entries
  BEGIN SELECT RAISE(ABORT, 'audit entries are immutable'); END;
CREATE TRIGGER audit_entries_are_not_removed BEFORE DELETE ON audit_entries
  BEGIN SELECT RAISE(ABORT, 'audit entries are immutable'); END;
