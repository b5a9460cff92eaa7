-- How goods leave the house: carrier accounts, shipments with their parcels, and where they are.

CREATE TABLE carrier_connections (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL,
  carrier_id TEXT NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  mode TEXT NOT NULL CHECK (mode IN ('sandbox', 'live', 'simulator')),
  base_url TEXT,
  -- JSON sealed with the tenant's key and bound to this row's id.
  credentials BLOB NOT NULL,
  config TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(config)),
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK ((mode = 'simulator') = (base_url IS NOT NULL))
) STRICT;
CREATE INDEX carrier_connections_by_age ON carrier_connections (organization_id, created_at, id);

CREATE TABLE shipments (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL,
  order_id TEXT,
  status TEXT NOT NULL CHECK (status IN ('draft', 'rated', 'purchasing', 'uncertain', 'purchased',
    'in_transit', 'needs_attention', 'delivered', 'delivery_failed', 'cancelled')),
  shipper TEXT NOT NULL CHECK (json_valid(shipper)),
  recipient TEXT NOT NULL CHECK (json_valid(recipient)),
  recipient_name TEXT NOT NULL,
  options TEXT NOT NULL CHECK (json_valid(options)),
  customs TEXT CHECK (json_valid(customs)),
  payment TEXT CHECK (json_valid(payment)),
  label_type TEXT NOT NULL CHECK (label_type IN ('PDF', 'PNG', 'ZPL')),
  -- Offers of the last rating, and what carriers said beside them.
  rates TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(rates)),
  messages TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(messages)),
  selected_rate TEXT CHECK (json_valid(selected_rate)),
  connection_id TEXT REFERENCES carrier_connections (id),
  carrier_id TEXT,
  service TEXT,
  -- What the carrier calls it; empty until it is bought.
  shipment_identifier TEXT,
  tracking_number TEXT,
  tracking_url TEXT,
  charge_amount INTEGER,
  charge_currency TEXT,
  is_return INTEGER NOT NULL DEFAULT 0 CHECK (is_return IN (0, 1)),
  -- Set by the first act of a purchase: when the request went out.
  purchase_sent_at TEXT,
  purchased_at TEXT,
  cancelled_at TEXT,
  delivered_at TEXT,
  metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(metadata)),
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK (status IN ('draft', 'rated', 'cancelled') OR connection_id IS NOT NULL),
  CHECK (status NOT IN ('purchased', 'in_transit', 'delivered') OR shipment_identifier IS NOT NULL)
) STRICT;
CREATE INDEX shipments_by_age ON shipments (organization_id, created_at, id);
CREATE INDEX shipments_by_status ON shipments (organization_id, status, created_at, id);
CREATE INDEX shipments_of_order ON shipments (order_id, id) WHERE order_id IS NOT NULL;
CREATE INDEX shipments_by_number ON shipments (organization_id, tracking_number)
  WHERE tracking_number IS NOT NULL;
CREATE INDEX shipments_in_doubt ON shipments (purchase_sent_at)
  WHERE status IN ('purchasing', 'uncertain');

CREATE TABLE shipment_parcels (
  shipment_id TEXT NOT NULL REFERENCES shipments (id),
  position INTEGER NOT NULL CHECK (position >= 0),
  -- The parcel as carriers see it: weight, size, packaging, contents.
  parcel TEXT NOT NULL CHECK (json_valid(parcel)),
  -- The packed parcel of the order it carries.
  order_parcel_id TEXT,
  tracking_number TEXT,
  label_key TEXT,
  label_format TEXT,
  PRIMARY KEY (shipment_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX shipment_parcels_of_orders ON shipment_parcels (order_parcel_id)
  WHERE order_parcel_id IS NOT NULL;

CREATE TABLE trackers (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL,
  shipment_id TEXT REFERENCES shipments (id),
  connection_id TEXT NOT NULL REFERENCES carrier_connections (id),
  carrier_id TEXT NOT NULL,
  tracking_number TEXT NOT NULL,
  tracking_url TEXT,
  status TEXT NOT NULL,
  action_required INTEGER NOT NULL DEFAULT 0 CHECK (action_required IN (0, 1)),
  incident_reason TEXT,
  estimated_delivery TEXT,
  delivered_at TEXT,
  signed_by TEXT,
  last_asked_at TEXT,
  -- NULL when nothing more is expected.
  next_ask_at TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (organization_id, connection_id, tracking_number)
) STRICT;
CREATE INDEX trackers_by_age ON trackers (organization_id, created_at, id);
CREATE INDEX trackers_by_status ON trackers (organization_id, status, created_at, id);
CREATE INDEX trackers_due ON trackers (next_ask_at) WHERE next_ask_at IS NOT NULL;
CREATE INDEX trackers_of_shipment ON trackers (shipment_id) WHERE shipment_id IS NOT NULL;

-- What carriers reported, with their own code, so that a better table can read history anew.
CREATE TABLE tracking_events (
  tracker_id TEXT NOT NULL REFERENCES trackers (id),
  -- SHA-256 over time, code, place and words: the same report arrives many times.
  fingerprint TEXT NOT NULL,
  occurred_at TEXT NOT NULL,
  event TEXT NOT NULL CHECK (json_valid(event)),
  PRIMARY KEY (tracker_id, fingerprint)
) STRICT, WITHOUT ROWID;
CREATE INDEX tracking_events_in_order ON tracking_events (tracker_id, occurred_at);
