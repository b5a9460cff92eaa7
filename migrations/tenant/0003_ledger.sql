-- The ledger: double entry for goods. Quantities are integers in the item's base unit at its scale;
-- lot_id and serial_id are '' for goods that are not tracked, so that keys stay unique.

-- Why goods move. `counterpart_kind` is the only kind of virtual account such a posting may touch;
-- NULL: it moves goods between places of our own.
CREATE TABLE stock_reasons (
  code TEXT PRIMARY KEY CHECK (code <> '' AND length(code) <= 64),
  name TEXT NOT NULL CHECK (name <> ''),
  counterpart_kind TEXT CHECK (
    counterpart_kind IN ('opening', 'supplier', 'customer', 'adjustment', 'scrap', 'production')
  ),
  built_in INTEGER NOT NULL DEFAULT 0 CHECK (built_in IN (0, 1)),
  created_at TEXT NOT NULL DEFAULT '',
  archived_at TEXT
) STRICT, WITHOUT ROWID;
CREATE TRIGGER stock_reasons_keep_their_meaning BEFORE UPDATE OF code, counterpart_kind ON stock_reasons
  BEGIN SELECT RAISE(ABORT, 'a reason keeps its meaning'); END;
CREATE TRIGGER stock_reasons_are_not_removed BEFORE DELETE ON stock_reasons
  BEGIN SELECT RAISE(ABORT, 'reasons are archived, not removed'); END;

INSERT INTO stock_reasons (code, name, counterpart_kind, built_in) VALUES
  ('opening', 'Opening stock', 'opening', 1),
  ('receipt', 'Received from a supplier', 'supplier', 1),
  ('supplier_return', 'Returned to a supplier', 'supplier', 1),
  ('sale', 'Sold and shipped', 'customer', 1),
  ('return', 'Returned by a customer', 'customer', 1),
  ('transfer', 'Transfer', NULL, 1),
  ('putaway', 'Put away', NULL, 1),
  ('pick', 'Picked', NULL, 1),
  ('pack', 'Packed', NULL, 1),
  ('unpack', 'Unpacked', NULL, 1),
  ('quarantine', 'Set aside for inspection', NULL, 1),
  ('disposition', 'Inspected and put back', NULL, 1),
  ('damage', 'Damaged', 'scrap', 1),
  ('expired', 'Expired', 'scrap', 1),
  ('scrap', 'Scrapped', 'scrap', 1),
  ('theft', 'Stolen', 'adjustment', 1),
  ('sample', 'Given as a sample', 'adjustment', 1),
  ('internal_use', 'Used in house', 'adjustment', 1),
  ('found', 'Found', 'adjustment', 1),
  ('correction', 'Correction', 'adjustment', 1),
  ('count_loss', 'Counted less than expected', 'adjustment', 1),
  ('count_gain', 'Counted more than expected', 'adjustment', 1),
  ('uom_rounding', 'Rounding between units', 'adjustment', 1),
  ('assembly', 'Assembled', 'production', 1),
  ('disassembly', 'Taken apart', 'production', 1),
  ('reversal', 'Reversal', NULL, 1);

-- Within which times an organization may date a posting.
CREATE TABLE stock_books (
  organization_id TEXT PRIMARY KEY,
  -- NULL: the ledger's default.
  backdating_days INTEGER CHECK (backdating_days BETWEEN 0 AND 3660),
  -- The end of the last closed period.
  closed_until TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE stock_accounts (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN (
    'opening', 'supplier', 'receiving', 'bin', 'quarantine', 'packed', 'in_transit', 'customer',
    'adjustment', 'scrap', 'production'
  )),
  -- Goods we have, as against where they came from or went to.
  physical INTEGER NOT NULL GENERATED ALWAYS AS
    (kind IN ('receiving', 'bin', 'quarantine', 'packed', 'in_transit')) STORED,
  location_id TEXT NOT NULL,
  -- The site that promises this account's goods to orders.
  site_id TEXT NOT NULL,
  promisable INTEGER NOT NULL CHECK (promisable IN (0, 1)),
  party_id TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  -- How low a level here may fall: 0, −k with a reason, or NULL for counterparts.
  floor INTEGER,
  floor_reason TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  closed_at TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (organization_id, kind, location_id, party_id),
  CHECK ((floor IS NULL) = (kind NOT IN ('receiving', 'bin', 'quarantine', 'packed', 'in_transit'))),
  CHECK (floor IS NULL OR floor <= 0),
  CHECK (floor IS NULL OR floor = 0 OR floor_reason <> ''),
  CHECK (promisable = 0 OR (site_id <> '' AND floor IS NOT NULL))
) STRICT;
CREATE INDEX stock_accounts_by_kind ON stock_accounts (organization_id, kind, id);
CREATE INDEX stock_accounts_of_location ON stock_accounts (location_id) WHERE location_id <> '';
CREATE INDEX stock_accounts_of_site ON stock_accounts (site_id) WHERE site_id <> '';
CREATE TRIGGER stock_accounts_stay_what_they_are
  BEFORE UPDATE OF id, organization_id, kind ON stock_accounts
  BEGIN SELECT RAISE(ABORT, 'an account stays what it is'); END;
CREATE TRIGGER stock_accounts_are_not_removed BEFORE DELETE ON stock_accounts
  BEGIN SELECT RAISE(ABORT, 'accounts are closed, not removed'); END;

-- The chain. `seq` has no gaps; each posting holds the hash of the one before (src/ledger/chain.ts).
CREATE TABLE stock_postings (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  organization_id TEXT NOT NULL,
  reason TEXT NOT NULL REFERENCES stock_reasons (code),
  occurred_at TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  -- What caused it: a document's type and id, or type `uri` and a URI; '' when there is none.
  reference_type TEXT NOT NULL,
  reference_id TEXT NOT NULL,
  request_id TEXT NOT NULL,
  note TEXT NOT NULL,
  reverses TEXT REFERENCES stock_postings (id),
  movement_count INTEGER NOT NULL CHECK (movement_count BETWEEN 1 AND 1000),
  previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX stock_postings_by_time ON stock_postings (organization_id, occurred_at);
CREATE INDEX stock_postings_of_reference ON stock_postings (reference_id) WHERE reference_id <> '';
CREATE UNIQUE INDEX stock_postings_reversed_once ON stock_postings (reverses)
  WHERE reverses IS NOT NULL;

-- `position` is the posting's seq × 1024 + line: the lines of a posting lie together, in order.
CREATE TABLE stock_movements (
  position INTEGER PRIMARY KEY,
  posting_seq INTEGER NOT NULL GENERATED ALWAYS AS (position >> 10) VIRTUAL,
  line INTEGER NOT NULL GENERATED ALWAYS AS (position & 1023) VIRTUAL,
  item_id TEXT NOT NULL CHECK (item_id <> ''),
  lot_id TEXT NOT NULL,
  serial_id TEXT NOT NULL,
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  -- The reservation this movement confirms, or ''.
  reservation_id TEXT NOT NULL,
  CHECK (source <> target),
  CHECK (serial_id = '' OR quantity = 1),
  CHECK (line BETWEEN 1 AND 1000)
) STRICT;
CREATE INDEX stock_movements_of_item ON stock_movements (item_id);
CREATE INDEX stock_movements_from ON stock_movements (source);
CREATE INDEX stock_movements_to ON stock_movements (target);
CREATE INDEX stock_movements_of_lot ON stock_movements (lot_id) WHERE lot_id <> '';
CREATE INDEX stock_movements_of_serial ON stock_movements (serial_id) WHERE serial_id <> '';

-- What is where now. Written by the triggers below and by nothing else.
CREATE TABLE stock_levels (
  number INTEGER PRIMARY KEY,
  organization_id TEXT NOT NULL,
  item_id TEXT NOT NULL,
  lot_id TEXT NOT NULL,
  serial_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  physical INTEGER NOT NULL,
  floor INTEGER,
  on_hand INTEGER NOT NULL,
  reserved INTEGER NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  version INTEGER NOT NULL DEFAULT 0,
  -- 1 while goods of ours are here: the rows that availability has to read.
  live INTEGER NOT NULL DEFAULT 0,
  -- What on_hand was at the last proven seq.
  proven_on_hand INTEGER NOT NULL DEFAULT 0,
  UNIQUE (item_id, lot_id, serial_id, account_id),
  CONSTRAINT stock_floor CHECK (floor IS NULL OR on_hand - reserved >= floor),
  CONSTRAINT one_unit CHECK (serial_id = '' OR on_hand BETWEEN -1 AND 1)
) STRICT;
CREATE INDEX stock_levels_of_item ON stock_levels (organization_id, item_id);
CREATE INDEX stock_levels_of_account ON stock_levels (account_id, item_id);
CREATE INDEX stock_levels_live_of_item ON stock_levels (organization_id, item_id) WHERE live = 1;
CREATE INDEX stock_levels_live_of_account ON stock_levels (account_id, item_id) WHERE live = 1;
CREATE INDEX stock_levels_of_lot ON stock_levels (lot_id) WHERE lot_id <> '';
CREATE UNIQUE INDEX stock_levels_one_unit_one_place ON stock_levels (item_id, serial_id)
  WHERE serial_id <> '' AND on_hand > 0;
CREATE TRIGGER stock_levels_come_alive AFTER UPDATE OF on_hand ON stock_levels
  WHEN NEW.physical = 1 AND (NEW.on_hand <> 0) <> NEW.live
  BEGIN UPDATE stock_levels SET live = (NEW.on_hand <> 0) WHERE number = NEW.number; END;
CREATE TRIGGER stock_levels_are_not_removed BEFORE DELETE ON stock_levels
  BEGIN SELECT RAISE(ABORT, 'levels are not removed'); END;

-- Goods that are spoken for: hard on one level (account_id), or soft on a site (site_id).
CREATE TABLE stock_reservations (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL,
  item_id TEXT NOT NULL CHECK (item_id <> ''),
  lot_id TEXT NOT NULL,
  serial_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  open_quantity INTEGER NOT NULL CHECK (open_quantity >= 0),
  confirmed_quantity INTEGER NOT NULL DEFAULT 0 CHECK (confirmed_quantity >= 0),
  released_quantity INTEGER NOT NULL DEFAULT 0 CHECK (released_quantity >= 0),
  -- How it ended. A part may have been confirmed before the rest was released or expired.
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'confirmed', 'released', 'expired')),
  expires_at TEXT,
  reference_type TEXT NOT NULL,
  reference_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  closed_at TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((account_id = '') <> (site_id = '')),
  CHECK (site_id = '' OR (lot_id = '' AND serial_id = '')),
  CHECK (open_quantity + confirmed_quantity + released_quantity = quantity),
  CHECK ((state = 'open') = (open_quantity > 0)),
  CHECK ((state = 'open') = (closed_at IS NULL))
) STRICT;
CREATE INDEX stock_reservations_open_on_level
  ON stock_reservations (account_id, item_id, lot_id, serial_id) WHERE state = 'open' AND account_id <> '';
CREATE INDEX stock_reservations_open_on_site
  ON stock_reservations (site_id, item_id) WHERE state = 'open' AND site_id <> '';
CREATE INDEX stock_reservations_expiring ON stock_reservations (expires_at)
  WHERE state = 'open' AND expires_at IS NOT NULL;
CREATE INDEX stock_reservations_of_item ON stock_reservations (organization_id, item_id, id);
CREATE INDEX stock_reservations_of_reference ON stock_reservations (reference_id, id)
  WHERE reference_id <> '';

-- What each site has promised softly.
CREATE TABLE stock_promises (
  item_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  reserved INTEGER NOT NULL CHECK (reserved >= 0),
  PRIMARY KEY (item_id, site_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER stock_reservations_hold AFTER INSERT ON stock_reservations WHEN NEW.account_id <> ''
BEGIN
  INSERT INTO stock_levels
    (organization_id, item_id, lot_id, serial_id, account_id, physical, floor, on_hand)
  SELECT a.organization_id, NEW.item_id, NEW.lot_id, NEW.serial_id, a.id, a.physical, a.floor, 0
    FROM stock_accounts a
    WHERE a.id = NEW.account_id AND NOT EXISTS (
      SELECT 1 FROM stock_levels WHERE item_id = NEW.item_id AND lot_id = NEW.lot_id
        AND serial_id = NEW.serial_id AND account_id = NEW.account_id);
  UPDATE stock_levels SET reserved = reserved + NEW.open_quantity, version = version + 1
    WHERE item_id = NEW.item_id AND lot_id = NEW.lot_id AND serial_id = NEW.serial_id
      AND account_id = NEW.account_id;
END;
CREATE TRIGGER stock_reservations_promise AFTER INSERT ON stock_reservations WHEN NEW.site_id <> ''
BEGIN
  INSERT INTO stock_promises (item_id, site_id, organization_id, reserved)
    VALUES (NEW.item_id, NEW.site_id, NEW.organization_id, NEW.open_quantity)
    ON CONFLICT (item_id, site_id) DO UPDATE SET reserved = reserved + NEW.open_quantity;
END;
CREATE TRIGGER stock_reservations_let_go AFTER UPDATE OF open_quantity ON stock_reservations
BEGIN
  UPDATE stock_levels
    SET reserved = reserved + NEW.open_quantity - OLD.open_quantity, version = version + 1
    WHERE NEW.account_id <> '' AND item_id = NEW.item_id AND lot_id = NEW.lot_id
      AND serial_id = NEW.serial_id AND account_id = NEW.account_id;
  UPDATE stock_promises SET reserved = reserved + NEW.open_quantity - OLD.open_quantity
    WHERE NEW.site_id <> '' AND item_id = NEW.item_id AND site_id = NEW.site_id;
END;
CREATE TRIGGER stock_reservations_stay_put
  BEFORE UPDATE OF id, organization_id, item_id, lot_id, serial_id, account_id, site_id, quantity
  ON stock_reservations
  BEGIN SELECT RAISE(ABORT, 'a reservation stays where it is'); END;
CREATE TRIGGER stock_reservations_end_once BEFORE UPDATE ON stock_reservations
  WHEN OLD.state <> 'open'
  BEGIN SELECT RAISE(ABORT, 'this reservation has ended'); END;
CREATE TRIGGER stock_reservations_are_not_removed BEFORE DELETE ON stock_reservations
  BEGIN SELECT RAISE(ABORT, 'reservations are released, not removed'); END;

-- Closed periods: what the levels were at `until`, frozen with a hash.
CREATE TABLE stock_periods (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  organization_id TEXT NOT NULL,
  until TEXT NOT NULL,
  closed_at TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  -- The head of the chain when it was closed.
  head_seq INTEGER NOT NULL,
  -- No posting before this seq occurred after `until`: where a replay from here begins.
  replay_from_seq INTEGER NOT NULL,
  level_count INTEGER NOT NULL CHECK (level_count >= 0),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  UNIQUE (organization_id, until)
) STRICT;
CREATE TABLE stock_period_levels (
  period INTEGER NOT NULL REFERENCES stock_periods (number) DEFERRABLE INITIALLY DEFERRED,
  item_id TEXT NOT NULL,
  lot_id TEXT NOT NULL,
  serial_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  on_hand INTEGER NOT NULL CHECK (on_hand <> 0),
  PRIMARY KEY (period, item_id, lot_id, serial_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_period_levels_of_account ON stock_period_levels (period, account_id);
CREATE TRIGGER stock_periods_follow BEFORE INSERT ON stock_periods
  WHEN NEW.until <= (
    SELECT max(until) FROM stock_periods WHERE organization_id = NEW.organization_id)
  BEGIN SELECT RAISE(ABORT, 'a period ends after the one before'); END;
CREATE TRIGGER stock_periods_close_the_books AFTER INSERT ON stock_periods
  BEGIN
    INSERT INTO stock_books (organization_id, closed_until) VALUES (NEW.organization_id, NEW.until)
      ON CONFLICT (organization_id) DO UPDATE SET closed_until = NEW.until;
  END;
CREATE TRIGGER stock_periods_are_frozen BEFORE UPDATE ON stock_periods
  BEGIN SELECT RAISE(ABORT, 'a closed period is frozen'); END;
CREATE TRIGGER stock_periods_stay_closed BEFORE DELETE ON stock_periods
  BEGIN SELECT RAISE(ABORT, 'a closed period is frozen'); END;
CREATE TRIGGER stock_period_levels_are_frozen BEFORE UPDATE ON stock_period_levels
  BEGIN SELECT RAISE(ABORT, 'a closed period is frozen'); END;
CREATE TRIGGER stock_period_levels_stay BEFORE DELETE ON stock_period_levels
  BEGIN SELECT RAISE(ABORT, 'a closed period is frozen'); END;
CREATE TRIGGER stock_period_levels_come_first BEFORE INSERT ON stock_period_levels
  WHEN EXISTS (SELECT 1 FROM stock_periods WHERE number = NEW.period)
  BEGIN SELECT RAISE(ABORT, 'a closed period is frozen'); END;

-- The first follows 32 zero bytes.
CREATE TRIGGER stock_postings_follow BEFORE INSERT ON stock_postings
  WHEN NEW.previous_hash IS NOT coalesce(
    (SELECT hash FROM stock_postings WHERE seq = NEW.seq - 1),
    CASE WHEN NEW.seq = 1 THEN zeroblob(32) END)
  BEGIN SELECT RAISE(ABORT, 'a posting follows the one before'); END;
CREATE TRIGGER stock_postings_respect_the_close BEFORE INSERT ON stock_postings
  WHEN NEW.occurred_at <= (
    SELECT closed_until FROM stock_books WHERE organization_id = NEW.organization_id)
  BEGIN SELECT RAISE(ABORT, 'this period is closed'); END;
CREATE TRIGGER stock_postings_are_not_changed BEFORE UPDATE ON stock_postings
  BEGIN SELECT RAISE(ABORT, 'postings are immutable'); END;
CREATE TRIGGER stock_postings_are_not_removed BEFORE DELETE ON stock_postings
  BEGIN SELECT RAISE(ABORT, 'postings are immutable'); END;
CREATE TRIGGER stock_movements_are_not_changed BEFORE UPDATE ON stock_movements
  BEGIN SELECT RAISE(ABORT, 'movements are immutable'); END;
CREATE TRIGGER stock_movements_are_not_removed BEFORE DELETE ON stock_movements
  BEGIN SELECT RAISE(ABORT, 'movements are immutable'); END;

-- A movement belongs to the newest posting and stays between open accounts of its organization.
CREATE TRIGGER stock_movements_belong BEFORE INSERT ON stock_movements
  WHEN (SELECT organization_id FROM stock_accounts WHERE id = NEW.source AND closed_at IS NULL)
      IS NOT (SELECT organization_id FROM stock_postings WHERE seq = NEW.position >> 10)
    OR (SELECT organization_id FROM stock_accounts WHERE id = NEW.target AND closed_at IS NULL)
      IS NOT (SELECT organization_id FROM stock_postings WHERE seq = NEW.position >> 10)
    OR EXISTS (SELECT 1 FROM stock_postings WHERE seq = (NEW.position >> 10) + 1)
    OR NOT EXISTS (SELECT 1 FROM stock_postings WHERE seq = NEW.position >> 10)
  BEGIN
    SELECT RAISE(ABORT, 'a movement stays between open accounts of its organization');
  END;

-- A movement that names a reservation confirms that much of it; the check of the row refuses more.
CREATE TRIGGER stock_movements_confirm BEFORE INSERT ON stock_movements
  WHEN NEW.reservation_id <> ''
BEGIN
  SELECT RAISE(ABORT, 'a movement confirms a reservation of its own goods') WHERE NOT EXISTS (
    SELECT 1 FROM stock_reservations r JOIN stock_accounts a ON a.id = NEW.source
      WHERE r.id = NEW.reservation_id AND r.organization_id = a.organization_id
        AND r.item_id = NEW.item_id AND (
          (r.account_id = a.id AND r.lot_id = NEW.lot_id AND r.serial_id = NEW.serial_id)
          OR (r.site_id <> '' AND r.site_id = a.site_id AND a.promisable = 1)));
  UPDATE stock_reservations SET
      open_quantity = open_quantity - NEW.quantity,
      confirmed_quantity = confirmed_quantity + NEW.quantity,
      state = CASE open_quantity WHEN NEW.quantity THEN 'confirmed' ELSE state END,
      closed_at = CASE open_quantity WHEN NEW.quantity
        THEN (SELECT recorded_at FROM stock_postings WHERE seq = NEW.position >> 10) END,
      version = version + 1
    WHERE id = NEW.reservation_id;
END;

-- What leaves one level enters another, in the transaction of the movement. A level begins with the
-- first movement that touches it: then the update before it has changed no row.
CREATE TRIGGER stock_movements_move AFTER INSERT ON stock_movements
BEGIN
  UPDATE stock_levels SET on_hand = on_hand - NEW.quantity, version = version + 1
    WHERE item_id = NEW.item_id AND lot_id = NEW.lot_id AND serial_id = NEW.serial_id
      AND account_id = NEW.source;
  INSERT INTO stock_levels (organization_id, item_id, lot_id, serial_id, account_id, physical,
      floor, on_hand, live, version)
    SELECT a.organization_id, NEW.item_id, NEW.lot_id, NEW.serial_id, a.id, a.physical, a.floor,
        -NEW.quantity, a.physical, 1
      FROM stock_accounts a WHERE a.id = CASE changes() WHEN 0 THEN NEW.source END;
  UPDATE stock_levels SET on_hand = on_hand + NEW.quantity, version = version + 1
    WHERE item_id = NEW.item_id AND lot_id = NEW.lot_id AND serial_id = NEW.serial_id
      AND account_id = NEW.target;
  INSERT INTO stock_levels (organization_id, item_id, lot_id, serial_id, account_id, physical,
      floor, on_hand, live, version)
    SELECT a.organization_id, NEW.item_id, NEW.lot_id, NEW.serial_id, a.id, a.physical, a.floor,
        NEW.quantity, a.physical, 1
      FROM stock_accounts a WHERE a.id = CASE changes() WHEN 0 THEN NEW.target END;
END;

CREATE TRIGGER stock_accounts_tell_their_levels AFTER UPDATE OF floor ON stock_accounts
  BEGIN UPDATE stock_levels SET floor = NEW.floor WHERE account_id = NEW.id; END;

-- How far the incremental proof has come.
CREATE TABLE stock_proof_position (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  proven_at TEXT NOT NULL
) STRICT;

-- Whole proofs, and every proof that found a difference.
CREATE TABLE stock_proofs (
  id TEXT PRIMARY KEY,
  scope TEXT NOT NULL CHECK (scope IN ('incremental', 'whole')),
  finished_at TEXT NOT NULL,
  through_seq INTEGER NOT NULL,
  holds INTEGER NOT NULL CHECK (holds IN (0, 1)),
  report TEXT NOT NULL CHECK (json_valid(report))
) STRICT;
CREATE TRIGGER stock_proofs_are_not_changed BEFORE UPDATE ON stock_proofs
  BEGIN SELECT RAISE(ABORT, 'proofs are immutable'); END;
