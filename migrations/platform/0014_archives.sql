-- Sandboxes and branches beside a live business: what is known of them beyond that they are tenants.
CREATE TABLE siblings (
  tenant_id TEXT PRIMARY KEY REFERENCES tenants (id) ON DELETE CASCADE,
  asked_by TEXT NOT NULL,
  -- Of a branch; a sandbox begins empty.
  anonymised INTEGER CHECK (anonymised IN (0, 1)),
  -- The moment it was copied, and where the ledger stood in it.
  copied_at TEXT,
  ledger_postings INTEGER,
  ledger_head TEXT,
  -- When it is removed by itself; NULL for one that stays.
  expires_at TEXT,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX siblings_expiring ON siblings (expires_at) WHERE expires_at IS NOT NULL;
-- A business, its sandboxes and its branches, wherever one asks from.
CREATE INDEX tenants_of_family ON tenants (coalesce(parent_id, id), created_at, id);

-- The way of a person from one of them to another: once, within a minute, from the same browser.
CREATE TABLE hand_overs (
  -- SHA-256 of the secret in the link.
  secret_hash BLOB PRIMARY KEY,
  -- The session that may use it.
  session_id TEXT NOT NULL,
  tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  -- Where the person signed in: his session in the live business, and who he is there.
  root_tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  root_session_id TEXT NOT NULL,
  root_user_id TEXT NOT NULL,
  -- Who he became where it led; NULL until it was used.
  user_id TEXT,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX hand_overs_of_user ON hand_overs (tenant_id, user_id, used_at) WHERE used_at IS NOT NULL;
CREATE INDEX hand_overs_to_forget ON hand_overs (created_at);
