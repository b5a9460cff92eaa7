-- Invitations of staff, ways back in, and the browsers somebody came in with.

-- Somebody was asked by mail to join the staff.
CREATE TABLE invitations (
  id TEXT PRIMARY KEY,
  -- Always empty: staff work above organizations.
  organization_id TEXT NOT NULL DEFAULT '' CHECK (organization_id = ''),
  email TEXT NOT NULL COLLATE NOCASE,
  role TEXT NOT NULL,
  -- A pending one whose time is over has expired.
  state TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'revoked')),
  -- SHA-256 of the secret in the link. A new one takes its place when it is sent again.
  secret_hash BLOB NOT NULL UNIQUE,
  invited_by TEXT NOT NULL,
  invited_by_name TEXT NOT NULL,
  send_count INTEGER NOT NULL DEFAULT 1,
  sent_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  accepted_at TEXT,
  accepted_by TEXT REFERENCES users (id) ON DELETE SET NULL,
  revoked_at TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  CHECK ((state = 'accepted') = (accepted_at IS NOT NULL)),
  CHECK ((state = 'revoked') = (revoked_at IS NOT NULL))
) STRICT;
CREATE INDEX invitations_by_age ON invitations (organization_id, created_at, id);
CREATE INDEX invitations_by_email ON invitations (organization_id, email, id);
CREATE UNIQUE INDEX invitations_open ON invitations (organization_id, email)
  WHERE state = 'pending';

-- Links that a person asked for who forgot the password: for an hour, once.
CREATE TABLE password_resets (
  secret_hash BLOB PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX password_resets_of_user ON password_resets (user_id, created_at);
CREATE INDEX password_resets_to_forget ON password_resets (created_at);

-- Browsers a person signed in with before: strangers who guess cannot lock these out.
CREATE TABLE known_browsers (
  -- SHA-256 over what the browser keeps and the person: two people's rows tell nothing of each other.
  secret_hash BLOB PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  seen_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX known_browsers_of_user ON known_browsers (user_id, seen_at);
CREATE INDEX known_browsers_to_forget ON known_browsers (seen_at);

CREATE INDEX sessions_of_user_by_age ON sessions (user_id, created_at, id_hash);
