-- How sure it is that the person of a session is the one who signed in.
-- When the person last proved it, by password or by code.
ALTER TABLE sessions ADD COLUMN stepped_up_at TEXT;
ALTER TABLE sessions ADD COLUMN last_seen_at TEXT;

-- A second proof beside the password: a generator of codes that change every half minute.
CREATE TABLE second_factors (
  user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  -- What the generator and we share, sealed with the key of this file.
  sealed_secret BLOB NOT NULL,
  -- NULL until a code proved that the generator has the secret.
  confirmed_at TEXT,
  -- The half minute of the last code that was accepted: an equal or an earlier one is refused.
  last_step INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- For the day the generator is lost: each opens once.
CREATE TABLE recovery_codes (
  user_id TEXT NOT NULL REFERENCES second_factors (user_id) ON DELETE CASCADE,
  -- SHA-256: the codes are random enough that nothing slower is needed.
  code_hash BLOB NOT NULL,
  used_at TEXT,
  PRIMARY KEY (user_id, code_hash)
) STRICT, WITHOUT ROWID;

-- Somebody who knows the password and still owes the second proof. It opens nothing else.
CREATE TABLE sign_in_challenges (
  -- SHA-256 of what the browser holds.
  secret_hash BLOB PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  organization_id TEXT NOT NULL,
  -- How the first proof was given.
  method TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_challenges_to_forget ON sign_in_challenges (expires_at);

-- The address a token was last used from.
ALTER TABLE tokens ADD COLUMN last_used_ip TEXT;

-- What everybody here has to keep to. One row.
CREATE TABLE security_settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  require_two_factor INTEGER NOT NULL DEFAULT 0 CHECK (require_two_factor IN (0, 1)),
  -- Until then people are reminded, after it they are led to set one up. NULL: at once.
  two_factor_deadline TEXT,
  -- JSON list of addresses and CIDR ranges; empty lets everybody in.
  allowed_ips TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(allowed_ips)),
  -- Without a visit for half of it, a session ends.
  session_hours INTEGER NOT NULL CHECK (session_hours BETWEEN 1 AND 2160),
  allow_support_access INTEGER NOT NULL DEFAULT 1 CHECK (allow_support_access IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1,
  updated_at TEXT
) STRICT;
INSERT INTO security_settings (id, session_hours) VALUES (1, 336);

-- The operator's people who looked through a member's eyes, and why: the business sees this list.
CREATE TABLE impersonations (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  user_id TEXT NOT NULL,
  user_name TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  staff_name TEXT NOT NULL,
  reason TEXT NOT NULL,
  read_only INTEGER NOT NULL CHECK (read_only IN (0, 1)),
  started_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  ended_at TEXT,
  -- Who ended it; NULL when its time ran out.
  ended_by TEXT
) STRICT;
CREATE INDEX impersonations_by_age ON impersonations (started_at, id);
CREATE INDEX impersonations_open ON impersonations (expires_at) WHERE ended_at IS NULL;

-- Set while a person of the operator's staff looks through this user's eyes.
ALTER TABLE sessions ADD COLUMN impersonation_id TEXT REFERENCES impersonations (id);
