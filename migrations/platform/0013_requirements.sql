-- What a business still owes before it may go on using something, and what interrupts or ends its life.

CREATE TABLE requirements (
  id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL REFERENCES tenants (id),
  -- `second_factor`: one of the catalogue, or a word of the operator's.
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  detail TEXT NOT NULL,
  -- JSON list of features that are refused when it is past due.
  capabilities TEXT NOT NULL CHECK (json_valid(capabilities)),
  met_by TEXT NOT NULL CHECK (met_by IN ('automatic', 'operator', 'tenant')),
  -- NULL: due some day.
  due_at TEXT,
  -- Days before the end of the time, of which a mail has told last; 0 at the end itself.
  told_days INTEGER,
  met_at TEXT,
  waived_at TEXT,
  settled_by TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (tenant_id, code),
  CHECK (met_at IS NULL OR waived_at IS NULL)
) STRICT;
CREATE INDEX requirements_by_age ON requirements (created_at, id);
CREATE INDEX requirements_of_tenant ON requirements (tenant_id, created_at, id);
-- What is open, for the schedule that goes from business to business.
CREATE INDEX requirements_open ON requirements (tenant_id, due_at)
  WHERE met_at IS NULL AND waived_at IS NULL;

-- A business that is suspended or closing: how it goes on when that ends.
CREATE TABLE tenant_pauses (
  tenant_id TEXT PRIMARY KEY REFERENCES tenants (id),
  resumes_as TEXT NOT NULL CHECK (resumes_as IN ('onboarding', 'active', 'suspended')),
  asked_by TEXT NOT NULL CHECK (asked_by IN ('operator', 'tenant')),
  -- Days before the end of the grace, of which a mail has told last.
  told_days INTEGER,
  began_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the business itself was told last about how it stands, in the feed of its own file.
CREATE TABLE told_states (
  tenant_id TEXT PRIMARY KEY REFERENCES tenants (id),
  -- JSON, as in the event.
  state TEXT NOT NULL CHECK (json_valid(state)),
  told_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Erasures, begun and done. What is written here outlives the business: no names, no addresses.
CREATE TABLE erasures (
  id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL UNIQUE REFERENCES tenants (id),
  state TEXT NOT NULL CHECK (state IN ('running', 'done')),
  -- Who decided: an id of the operator's staff or tokens, or the schedule.
  decided_by_kind TEXT NOT NULL,
  decided_by_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  -- JSON: what was removed from which place, added up over every attempt.
  removed TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(removed)),
  last_error TEXT NOT NULL DEFAULT '',
  -- Words to look for where it is named beside something else, sealed with the installation's key;
  -- NULL once all of it was looked through.
  sought BLOB,
  -- The text that is signed, exactly.
  certificate TEXT,
  signature BLOB CHECK (length(signature) = 64),
  started_at TEXT NOT NULL,
  finished_at TEXT,
  -- Looked at once more, when every backup that was running at the time has ended.
  swept_at TEXT,
  CHECK ((state = 'done') = (finished_at IS NOT NULL)),
  CHECK ((state = 'done') = (certificate IS NOT NULL)),
  CHECK ((certificate IS NULL) = (signature IS NULL)),
  CHECK (state = 'running' OR sought IS NULL)
) STRICT;
CREATE INDEX erasures_by_age ON erasures (started_at, id);
CREATE INDEX erasures_unfinished ON erasures (started_at) WHERE state = 'running';

-- An event may lose what it said of a business that was erased, and nothing else of it may change.
DROP TRIGGER events_are_not_changed;
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
  WHEN NOT ((new.data = '{}'
      -- Or a person's address and name become a pseudonym: see audit_details.
      OR json_extract(new.data, '$.email') GLOB 'erased-*@erased.invalid'
        AND json_remove(new.data, '$.email', '$.name')
          IS json_remove(old.data, '$.email', '$.name'))
    AND new.seq = old.seq AND new.id = old.id AND new.type = old.type
    AND new.organization_id = old.organization_id AND new.subject_id = old.subject_id
    AND new.occurred_at = old.occurred_at AND new.request_id = old.request_id)
  BEGIN SELECT RAISE(ABORT, 'events are immutable'); END;
