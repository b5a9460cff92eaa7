-- A business lives: it is founded, set up, at work, confined, read-only, on its way out, gone.
CREATE TABLE tenants_with_life (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  slug TEXT NOT NULL UNIQUE,
  admin_email TEXT NOT NULL,
  environment TEXT NOT NULL CHECK (environment IN ('sandbox', 'live')),
  status TEXT NOT NULL CHECK (status IN
    ('pending', 'onboarding', 'active', 'restricted', 'suspended', 'closing', 'deleted')),
  status_reason TEXT NOT NULL DEFAULT '',
  -- The live business this one is a sandbox or a branch of.
  parent_id TEXT REFERENCES tenants_with_life (id),
  kind TEXT NOT NULL DEFAULT 'primary' CHECK (kind IN ('primary', 'sandbox', 'branch')),
  -- IANA name: its days and its periods begin at midnight there.
  time_zone TEXT NOT NULL DEFAULT 'UTC',
  -- When the grace of a closing business is over.
  closes_at TEXT,
  deleted_at TEXT,
  metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(metadata)),
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK ((status = 'closing') = (closes_at IS NOT NULL)),
  CHECK ((status = 'deleted') = (deleted_at IS NOT NULL)),
  CHECK ((kind = 'primary') = (parent_id IS NULL))
) STRICT;
INSERT INTO tenants_with_life (id, name, slug, admin_email, environment, status, status_reason,
    metadata, version, created_at, updated_at)
  SELECT id, name, slug, admin_email, environment, status, status_reason,
    metadata, version, created_at, updated_at FROM tenants;
DROP TABLE tenants;
ALTER TABLE tenants_with_life RENAME TO tenants;
CREATE INDEX tenants_by_age ON tenants (created_at, id);
CREATE INDEX tenants_by_name ON tenants (name, id);
CREATE INDEX tenants_by_status ON tenants (status, created_at, id);
CREATE INDEX tenants_of_parent ON tenants (parent_id, created_at, id) WHERE parent_id IS NOT NULL;
CREATE INDEX tenants_to_delete ON tenants (closes_at) WHERE closes_at IS NOT NULL;
