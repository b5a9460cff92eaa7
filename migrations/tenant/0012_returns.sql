-- What customers send back, and what becomes of it.
CREATE TABLE returns (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL,
  number TEXT NOT NULL,
  sequence INTEGER NOT NULL CHECK (sequence > 0),
  sales_order_id TEXT NOT NULL REFERENCES sales_orders (id),
  site_id TEXT NOT NULL REFERENCES locations (id),
  status TEXT NOT NULL CHECK (status IN ('authorized', 'partially_received', 'received',
    'inspected', 'closed', 'cancelled')),
  reason TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  -- The label the customer sends it with.
  shipment_id TEXT REFERENCES shipments (id),
  -- What was given back; the money itself moves elsewhere.
  refund_amount INTEGER CHECK (refund_amount >= 0),
  refund_currency TEXT,
  refund_reference TEXT NOT NULL DEFAULT '',
  metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(metadata)),
  closed_at TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (organization_id, sequence),
  UNIQUE (organization_id, number),
  CHECK ((refund_amount IS NULL) = (refund_currency IS NULL))
) STRICT;
CREATE INDEX returns_by_age ON returns (organization_id, created_at, id);
CREATE INDEX returns_by_status ON returns (organization_id, status, created_at, id);
CREATE INDEX returns_of_order ON returns (sales_order_id, id);

CREATE TABLE return_lines (
  return_id TEXT NOT NULL REFERENCES returns (id),
  line INTEGER NOT NULL CHECK (line > 0),
  order_line INTEGER NOT NULL,
  item_id TEXT NOT NULL REFERENCES items (id),
  -- Empty where the item is not tracked, as in the ledger.
  lot_id TEXT NOT NULL,
  serial_id TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  received INTEGER NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND quantity),
  inspected INTEGER NOT NULL DEFAULT 0 CHECK (inspected BETWEEN 0 AND received),
  PRIMARY KEY (return_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE return_dispositions (
  id TEXT PRIMARY KEY,
  return_id TEXT NOT NULL,
  line INTEGER NOT NULL,
  disposition TEXT NOT NULL CHECK (disposition IN ('restock', 'refurbish', 'quarantine', 'scrap',
    'return_to_supplier')),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  -- NULL where the goods left the house.
  location_id TEXT,
  posting_id TEXT NOT NULL,
  note TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  FOREIGN KEY (return_id, line) REFERENCES return_lines (return_id, line)
) STRICT;
CREATE INDEX return_dispositions_of_return ON return_dispositions (return_id, id);
