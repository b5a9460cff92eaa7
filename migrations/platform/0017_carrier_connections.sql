-- Carrier accounts of the operator, which businesses may use as if they were their own.
CREATE TABLE carrier_connections (
  id TEXT PRIMARY KEY,
  -- Always empty: these belong to the platform.
  organization_id TEXT NOT NULL DEFAULT '' CHECK (organization_id = ''),
  carrier_id TEXT NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  mode TEXT NOT NULL CHECK (mode IN ('sandbox', 'live', 'simulator')),
  base_url TEXT,
  -- JSON sealed with the platform's key and bound to this row's id.
  credentials BLOB NOT NULL,
  config TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(config)),
  -- The operator's account this one stands for: here always none.
  system_connection_id TEXT CHECK (system_connection_id IS NULL),
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK ((mode = 'simulator') = (base_url IS NOT NULL))
) STRICT;
CREATE INDEX carrier_connections_by_age ON carrier_connections (organization_id, created_at, id);
