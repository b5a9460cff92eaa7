-- The operator's staff: who may come in, and what they may do.

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name TEXT NOT NULL,
  -- argon2id; NULL until the person has set one.
  password_hash TEXT,
  last_seen_at TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE memberships (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  -- Always empty: staff work above organizations.
  organization_id TEXT NOT NULL DEFAULT '' CHECK (organization_id = ''),
  role TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (user_id, organization_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_of_organization ON memberships (organization_id, user_id);

CREATE TABLE sessions (
  -- SHA-256 of the session id: the table does not sign anybody in.
  id_hash TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  organization_id TEXT NOT NULL,
  method TEXT NOT NULL,
  ip TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_of_user ON sessions (user_id);
CREATE INDEX sessions_to_forget ON sessions (expires_at);

-- Wrong passwords in a row, kept by the hash of what was typed as e-mail, whether or not it exists.
CREATE TABLE sign_in_attempts (
  email_hash BLOB PRIMARY KEY,
  failures INTEGER NOT NULL CHECK (failures > 0),
  locked_until TEXT,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_attempts_to_forget ON sign_in_attempts (updated_at);

-- Links that let a person in to set a password: for a limited time, once.
CREATE TABLE setup_links (
  secret_hash BLOB PRIMARY KEY,
  -- NULL on the link for the first operator, who says on the page who that is.
  user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('platform', 'tenant', 'organization')),
  -- Empty unless the token is confined to one organization.
  organization_id TEXT NOT NULL DEFAULT '',
  -- SHA-256 of the whole token; the token itself is shown once and never stored.
  token_hash BLOB NOT NULL UNIQUE,
  -- Its last four characters, to recognise it by.
  hint TEXT NOT NULL,
  -- JSON list of permission patterns: ["items.*", "*.read"].
  scopes TEXT NOT NULL CHECK (json_valid(scopes)),
  allowed_ips TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(allowed_ips)),
  -- The token that replaces this one; both work until `expires_at`.
  replaced_by TEXT UNIQUE,
  expires_at TEXT,
  revoked_at TEXT,
  last_used_at TEXT,
  created_by TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX tokens_by_age ON tokens (created_at, id);
CREATE INDEX tokens_of_organization ON tokens (organization_id, created_at, id);
