-- Where goods are kept, and whom they come from and go to.
CREATE TABLE locations (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL,
  parent_id TEXT REFERENCES locations (id),
  -- The site at the top; a site is its own.
  site_id TEXT NOT NULL,
  type TEXT NOT NULL CHECK (
    type IN ('site', 'zone', 'aisle', 'bin', 'dock', 'packing', 'quarantine', 'returns')
  ),
  code TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 40),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  address TEXT CHECK (json_valid(address)),
  pickable INTEGER NOT NULL CHECK (pickable IN (0, 1)),
  receivable INTEGER NOT NULL CHECK (receivable IN (0, 1)),
  on_hold INTEGER NOT NULL DEFAULT 0 CHECK (on_hold IN (0, 1)),
  -- Whose goods are here, in the ledger. Of a site: goods on their way to it. '' where nothing can lie.
  account_id TEXT NOT NULL DEFAULT '',
  -- The places of a site that work begins and ends in.
  receiving_id TEXT REFERENCES locations (id),
  packing_id TEXT REFERENCES locations (id),
  quarantine_id TEXT REFERENCES locations (id),
  returns_id TEXT REFERENCES locations (id),
  is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
  archived_at TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK ((type = 'site') = (parent_id IS NULL)),
  CHECK (type = 'site' OR (address IS NULL AND is_default = 0)),
  UNIQUE (organization_id, code)
) STRICT;
CREATE INDEX locations_by_age ON locations (organization_id, created_at, id);
CREATE INDEX locations_by_name ON locations (organization_id, name, id);
CREATE INDEX locations_of_parent ON locations (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX locations_of_site ON locations (site_id, code);
CREATE INDEX locations_of_account ON locations (account_id) WHERE account_id <> '';
CREATE UNIQUE INDEX locations_one_default ON locations (organization_id) WHERE is_default = 1;

CREATE TABLE parties (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL,
  code TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 40),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  is_supplier INTEGER NOT NULL CHECK (is_supplier IN (0, 1)),
  is_customer INTEGER NOT NULL CHECK (is_customer IN (0, 1)),
  email TEXT,
  phone_number TEXT,
  addresses TEXT NOT NULL CHECK (json_valid(addresses)),
  contacts TEXT NOT NULL CHECK (json_valid(contacts)),
  tax_ids TEXT NOT NULL CHECK (json_valid(tax_ids)),
  currency TEXT,
  metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(metadata)),
  archived_at TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK (is_supplier + is_customer > 0),
  UNIQUE (organization_id, code)
) STRICT;
CREATE INDEX parties_by_age ON parties (organization_id, created_at, id);
CREATE INDEX parties_by_name ON parties (organization_id, name, id);
CREATE INDEX parties_by_email ON parties (organization_id, email) WHERE email IS NOT NULL;
