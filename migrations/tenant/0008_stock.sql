-- Documents about stock. Quantities and places are in the ledger alone.

-- What is still to come, per line of the document that brings it; gone when all has come.
CREATE TABLE stock_incoming (
  source_id TEXT NOT NULL,
  line INTEGER NOT NULL,
  organization_id TEXT NOT NULL,
  item_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  expected_on TEXT,
  PRIMARY KEY (source_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_incoming_of_item ON stock_incoming (organization_id, item_id, expected_on);

-- Goods that travel from one site to another: they leave, are under way, and arrive.
CREATE TABLE transfers (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL,
  from_site_id TEXT NOT NULL,
  to_site_id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('sent', 'partially_received', 'received', 'cancelled')),
  note TEXT NOT NULL DEFAULT '',
  expected_on TEXT,
  posting_id TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK (from_site_id <> to_site_id)
) STRICT;
CREATE INDEX transfers_by_age ON transfers (organization_id, created_at, id);
CREATE TABLE transfer_lines (
  transfer_id TEXT NOT NULL REFERENCES transfers (id),
  line INTEGER NOT NULL,
  item_id TEXT NOT NULL,
  lot_id TEXT NOT NULL,
  serial_id TEXT NOT NULL,
  from_location_id TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  received_quantity INTEGER NOT NULL DEFAULT 0 CHECK (received_quantity >= 0),
  rejected_quantity INTEGER NOT NULL DEFAULT 0 CHECK (rejected_quantity >= 0),
  PRIMARY KEY (transfer_id, line),
  CHECK (received_quantity + rejected_quantity <= quantity)
) STRICT, WITHOUT ROWID;

-- Somebody goes and counts.
CREATE TABLE counts (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (
    status IN ('requested', 'counting', 'counted', 'posted', 'cancelled')
  ),
  -- 1: whoever counts does not see what is expected.
  blind INTEGER NOT NULL CHECK (blind IN (0, 1)),
  note TEXT NOT NULL DEFAULT '',
  posted_at TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK ((status = 'posted') = (posted_at IS NOT NULL))
) STRICT;
CREATE INDEX counts_by_age ON counts (organization_id, created_at, id);
CREATE TABLE count_lines (
  count_id TEXT NOT NULL REFERENCES counts (id),
  line INTEGER NOT NULL,
  item_id TEXT NOT NULL,
  lot_id TEXT NOT NULL,
  serial_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  -- What the ledger said at the moment of the last counting.
  expected_quantity INTEGER,
  counted_quantity INTEGER CHECK (counted_quantity >= 0),
  counted_at TEXT,
  counted_by TEXT,
  -- How often it was counted; a difference is counted again before it is believed.
  times_counted INTEGER NOT NULL DEFAULT 0 CHECK (times_counted >= 0),
  posting_id TEXT,
  PRIMARY KEY (count_id, line),
  UNIQUE (count_id, item_id, lot_id, serial_id, location_id),
  CHECK ((counted_quantity IS NULL) = (times_counted = 0)),
  CHECK ((counted_quantity IS NULL) = (counted_at IS NULL))
) STRICT, WITHOUT ROWID;
