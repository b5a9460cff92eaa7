-- Under which names businesses are reached, and who would like to found one.

-- Where this installation stands: told at every start, and written down so that whoever reads the
-- rows of a business can say its addresses.
CREATE TABLE installation (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  public_url TEXT NOT NULL
) STRICT;
INSERT INTO installation (id, public_url) VALUES (1, 'http://localhost');

CREATE TABLE domains (
  id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('subdomain', 'custom')),
  -- The first label below the installation's own host, or a whole host name.
  name TEXT NOT NULL CHECK (name = lower(name) AND length(name) BETWEEN 1 AND 253),
  is_primary INTEGER NOT NULL DEFAULT 0 CHECK (is_primary IN (0, 1)),
  -- `unverified` was proven once and its proof is gone; `released` waits until others may have it.
  state TEXT NOT NULL CHECK (state IN ('pending', 'verified', 'unverified', 'released')),
  -- What the TXT record has to say; empty for a subdomain, which needs no proof.
  proof TEXT NOT NULL DEFAULT '',
  -- Days in a row on which the proof was not found.
  failure_count INTEGER NOT NULL DEFAULT 0,
  last_error TEXT NOT NULL DEFAULT '',
  checked_at TEXT,
  verified_at TEXT,
  quarantined_until TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK ((state = 'released') = (quarantined_until IS NOT NULL)),
  CHECK (is_primary = 0 OR state = 'verified'),
  CHECK (kind = 'custom' OR state = 'verified')
) STRICT;
-- Many may want a name; one has proven that it is his.
CREATE UNIQUE INDEX domains_one_holder ON domains (kind, name) WHERE state = 'verified';
CREATE UNIQUE INDEX domains_once_each ON domains (tenant_id, kind, name) WHERE state <> 'released';
CREATE UNIQUE INDEX domains_one_primary ON domains (tenant_id) WHERE is_primary = 1;
CREATE INDEX domains_by_age ON domains (created_at, id);
CREATE INDEX domains_by_name ON domains (name, id);
CREATE INDEX domains_by_state ON domains (state, created_at, id);
CREATE INDEX domains_by_kind ON domains (kind, created_at, id);
CREATE INDEX domains_of_tenant ON domains (tenant_id, created_at, id);
CREATE INDEX domains_to_check ON domains (checked_at, id) WHERE kind = 'custom' AND state = 'verified';
CREATE INDEX domains_in_quarantine ON domains (quarantined_until) WHERE quarantined_until IS NOT NULL;
-- Those who were there before have the name they were reached by.
INSERT INTO domains (id, tenant_id, kind, name, is_primary, state, verified_at, created_at, updated_at)
  SELECT 'dom_' || substr(id, 5), id, 'subdomain', slug, 1, 'verified', created_at, created_at,
    created_at
  FROM tenants WHERE status <> 'deleted';

CREATE INDEX tenants_by_environment ON tenants (environment, created_at, id);
CREATE INDEX tenants_by_kind ON tenants (kind, created_at, id);

-- Which attempt founded which business: a retry after a crash finds what the first one did.
CREATE TABLE foundings (
  attempt_id TEXT PRIMARY KEY,
  tenant_id TEXT NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX foundings_of_tenant ON foundings (tenant_id);
CREATE INDEX foundings_to_forget ON foundings (created_at);

-- Somebody who wants to found a business and has yet to show that the e-mail address is his.
CREATE TABLE sign_ups (
  id TEXT PRIMARY KEY,
  -- SHA-256 of the secret in the mailed link: the table opens nothing.
  secret_hash BLOB NOT NULL UNIQUE,
  business_name TEXT NOT NULL,
  person_name TEXT NOT NULL,
  email TEXT NOT NULL COLLATE NOCASE,
  -- The address that is wished for; the next free one is taken.
  domain_preference TEXT NOT NULL DEFAULT '',
  -- argon2id; emptied when it has moved to the business, or is not needed any more.
  password_hash TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'founded', 'revoked')),
  tenant_id TEXT REFERENCES tenants (id) ON DELETE SET NULL,
  ip TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX sign_ups_by_age ON sign_ups (created_at, id);
CREATE INDEX sign_ups_by_state ON sign_ups (state, created_at, id);
CREATE INDEX sign_ups_of_email ON sign_ups (email, created_at);
CREATE INDEX sign_ups_of_tenant ON sign_ups (tenant_id) WHERE tenant_id IS NOT NULL;
