-- What is stocked and sold.
CREATE TABLE items (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL,
  sku TEXT NOT NULL CHECK (length(sku) BETWEEN 1 AND 100),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  description TEXT NOT NULL DEFAULT '',
  base_unit TEXT NOT NULL DEFAULT 'each',
  -- Decimal digits of a quantity; fixed once stock has moved.
  scale INTEGER NOT NULL DEFAULT 0 CHECK (scale BETWEEN 0 AND 6),
  tracking TEXT NOT NULL DEFAULT 'none' CHECK (tracking IN ('none', 'lot', 'serial')),
  barcode TEXT,
  hs_code TEXT,
  country_of_origin TEXT,
  value_amount INTEGER,
  value_currency TEXT,
  weight_g INTEGER CHECK (weight_g >= 0),
  length_mm INTEGER CHECK (length_mm >= 0),
  width_mm INTEGER CHECK (width_mm >= 0),
  height_mm INTEGER CHECK (height_mm >= 0),
  reorder_point INTEGER CHECK (reorder_point >= 0),
  metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(metadata)),
  archived_at TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK ((value_amount IS NULL) = (value_currency IS NULL)),
  UNIQUE (organization_id, sku)
) STRICT;
CREATE UNIQUE INDEX items_by_barcode ON items (organization_id, barcode) WHERE barcode IS NOT NULL;
CREATE INDEX items_by_age ON items (organization_id, created_at, id);
CREATE INDEX items_by_name ON items (organization_id, name, id);

-- Goods made together, that expire together.
CREATE TABLE lots (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL,
  item_id TEXT NOT NULL REFERENCES items (id),
  code TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 60),
  manufactured_on TEXT,
  expires_on TEXT,
  supplier_lot TEXT,
  status TEXT NOT NULL DEFAULT 'ok'
    CHECK (status IN ('ok', 'hold', 'quarantine', 'recalled', 'expired')),
  note TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK (expires_on IS NULL OR manufactured_on IS NULL OR expires_on >= manufactured_on),
  UNIQUE (item_id, code)
) STRICT;
CREATE INDEX lots_by_age ON lots (organization_id, created_at, id);
CREATE INDEX lots_by_code ON lots (organization_id, code, id);
CREATE INDEX lots_expiring ON lots (organization_id, expires_on, id) WHERE expires_on IS NOT NULL;

-- One unit each.
CREATE TABLE serials (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL,
  item_id TEXT NOT NULL REFERENCES items (id),
  code TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 60),
  lot_id TEXT REFERENCES lots (id),
  created_at TEXT NOT NULL,
  UNIQUE (item_id, code)
) STRICT;
CREATE INDEX serials_by_age ON serials (organization_id, created_at, id);
CREATE INDEX serials_by_code ON serials (organization_id, code, id);
