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
