-- What customers ordered, and how it leaves the house.
CREATE TABLE sales_orders (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  number TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 40),
  -- The channel it came through, and its number there.
  source TEXT NOT NULL CHECK (source <> ''),
  external_reference TEXT,
  customer_id TEXT REFERENCES parties (id),
  ship_to TEXT NOT NULL CHECK (json_valid(ship_to)),
  ship_to_name TEXT NOT NULL,
  site_id TEXT NOT NULL REFERENCES locations (id),
  status TEXT NOT NULL CHECK (status IN (
    'draft', 'placed', 'allocated', 'picking', 'packed', 'shipped', 'delivered', 'closed',
    'cancelled'
  )),
  -- What happens to what is not there when the order is placed.
  backorder_policy TEXT NOT NULL CHECK (backorder_policy IN ('backorder', 'refuse')),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  priority INTEGER NOT NULL DEFAULT 0,
  ship_by TEXT,
  -- '' while it is not on hold.
  hold_reason TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(metadata)),
  placed_at TEXT,
  closed_at TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK ((status IN ('closed', 'cancelled')) = (closed_at IS NOT NULL)),
  UNIQUE (organization_id, sequence),
  UNIQUE (organization_id, number),
  UNIQUE (organization_id, source, external_reference)
) STRICT;
CREATE INDEX sales_orders_by_age ON sales_orders (organization_id, created_at, id);
CREATE INDEX sales_orders_by_number ON sales_orders (organization_id, number, id);
CREATE INDEX sales_orders_by_status ON sales_orders (organization_id, status, created_at, id);
CREATE INDEX sales_orders_by_name ON sales_orders (organization_id, ship_to_name);
CREATE INDEX sales_orders_by_reference ON sales_orders (organization_id, external_reference)
  WHERE external_reference IS NOT NULL;
CREATE INDEX sales_orders_of_customer ON sales_orders (customer_id, created_at, id)
  WHERE customer_id IS NOT NULL;

CREATE TABLE sales_order_lines (
  sales_order_id TEXT NOT NULL REFERENCES sales_orders (id),
  line INTEGER NOT NULL,
  item_id TEXT NOT NULL REFERENCES items (id),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  unit_price_amount INTEGER NOT NULL CHECK (unit_price_amount >= 0),
  PRIMARY KEY (sales_order_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX sales_order_lines_of_item ON sales_order_lines (item_id);

-- Which line a reservation is for. What it holds, and how much of it, the ledger knows.
CREATE TABLE sales_order_allocations (
  reservation_id TEXT PRIMARY KEY,
  sales_order_id TEXT NOT NULL,
  line INTEGER NOT NULL,
  FOREIGN KEY (sales_order_id, line) REFERENCES sales_order_lines (sales_order_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX sales_order_allocations_of_line ON sales_order_allocations (sales_order_id, line);

-- What lies on the bench for a line, and is in no parcel yet.
CREATE TABLE sales_order_picked (
  sales_order_id TEXT NOT NULL,
  line INTEGER NOT NULL,
  lot_id TEXT NOT NULL,
  serial_id TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity >= 0),
  PRIMARY KEY (sales_order_id, line, lot_id, serial_id),
  FOREIGN KEY (sales_order_id, line) REFERENCES sales_order_lines (sales_order_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE sales_order_parcels (
  id TEXT PRIMARY KEY,
  sales_order_id TEXT NOT NULL REFERENCES sales_orders (id),
  number INTEGER NOT NULL,
  weight_g INTEGER CHECK (weight_g >= 0),
  length_mm INTEGER CHECK (length_mm > 0),
  width_mm INTEGER CHECK (width_mm > 0),
  height_mm INTEGER CHECK (height_mm > 0),
  packaging TEXT NOT NULL DEFAULT '',
  packed_by TEXT NOT NULL,
  packed_at TEXT NOT NULL,
  -- Set while it is out of the house: the shipment, or '' when it left without one.
  shipment_id TEXT,
  dispatched_at TEXT,
  dispatch_posting_id TEXT,
  delivered_at TEXT,
  CHECK ((dispatched_at IS NULL) = (dispatch_posting_id IS NULL)),
  CHECK (dispatched_at IS NOT NULL OR delivered_at IS NULL),
  UNIQUE (sales_order_id, number)
) STRICT;
CREATE INDEX sales_order_parcels_of_shipment ON sales_order_parcels (shipment_id)
  WHERE shipment_id IS NOT NULL;
CREATE TABLE sales_order_parcel_contents (
  parcel_id TEXT NOT NULL REFERENCES sales_order_parcels (id),
  line INTEGER NOT NULL,
  lot_id TEXT NOT NULL,
  serial_id TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (parcel_id, line, lot_id, serial_id)
) STRICT, WITHOUT ROWID;
