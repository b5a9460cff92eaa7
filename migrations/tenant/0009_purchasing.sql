-- What was ordered from suppliers and what of it has come.
CREATE TABLE purchase_orders (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  number TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 40),
  supplier_id TEXT NOT NULL REFERENCES parties (id),
  site_id TEXT NOT NULL REFERENCES locations (id),
  status TEXT NOT NULL CHECK (
    status IN ('draft', 'sent', 'partially_received', 'received', 'closed', 'cancelled')
  ),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  expected_on TEXT,
  -- How much more than ordered may come, in percent of each line.
  over_receipt_percent INTEGER NOT NULL CHECK (over_receipt_percent BETWEEN 0 AND 100),
  reference TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(metadata)),
  sent_at TEXT,
  closed_at TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK ((status IN ('closed', 'cancelled')) = (closed_at IS NOT NULL)),
  UNIQUE (organization_id, sequence),
  UNIQUE (organization_id, number)
) STRICT;
CREATE INDEX purchase_orders_by_age ON purchase_orders (organization_id, created_at, id);
CREATE INDEX purchase_orders_by_number ON purchase_orders (organization_id, number, id);
CREATE INDEX purchase_orders_by_reference ON purchase_orders (organization_id, reference);
CREATE INDEX purchase_orders_of_supplier ON purchase_orders (supplier_id, created_at, id);
CREATE INDEX purchase_orders_by_status
  ON purchase_orders (organization_id, status, created_at, id);

CREATE TABLE purchase_order_lines (
  purchase_order_id TEXT NOT NULL REFERENCES purchase_orders (id),
  line INTEGER NOT NULL,
  item_id TEXT NOT NULL REFERENCES items (id),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  unit_price_amount INTEGER NOT NULL CHECK (unit_price_amount >= 0),
  supplier_sku TEXT NOT NULL DEFAULT '',
  expected_on TEXT,
  -- Accepted into stock. What was rejected is still expected, until the order is closed.
  received_quantity INTEGER NOT NULL DEFAULT 0 CHECK (received_quantity >= 0),
  rejected_quantity INTEGER NOT NULL DEFAULT 0 CHECK (rejected_quantity >= 0),
  PRIMARY KEY (purchase_order_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX purchase_order_lines_of_item ON purchase_order_lines (item_id);

-- One delivery each.
CREATE TABLE receipts (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL,
  purchase_order_id TEXT NOT NULL REFERENCES purchase_orders (id),
  posting_id TEXT NOT NULL,
  -- The posting that took it back.
  reversed_by TEXT,
  delivery_note TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  received_by TEXT NOT NULL,
  received_at TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX receipts_by_age ON receipts (organization_id, created_at, id);
CREATE INDEX receipts_of_order ON receipts (purchase_order_id, created_at, id);
CREATE TABLE receipt_lines (
  receipt_id TEXT NOT NULL REFERENCES receipts (id),
  number INTEGER NOT NULL,
  order_line INTEGER NOT NULL,
  item_id TEXT NOT NULL,
  lot_id TEXT NOT NULL,
  serial_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  rejected INTEGER NOT NULL CHECK (rejected IN (0, 1)),
  PRIMARY KEY (receipt_id, number)
) STRICT, WITHOUT ROWID;
