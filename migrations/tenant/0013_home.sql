-- Questions of the first page: what was placed and what left, by day; what may be running low.
CREATE INDEX sales_orders_by_placing ON sales_orders (organization_id, placed_at)
  WHERE placed_at IS NOT NULL;
CREATE INDEX sales_order_parcels_by_dispatch ON sales_order_parcels (dispatched_at, sales_order_id)
  WHERE dispatched_at IS NOT NULL;
CREATE INDEX items_to_reorder ON items (organization_id, id)
  WHERE reorder_point IS NOT NULL AND archived_at IS NULL;
CREATE INDEX counts_by_status ON counts (organization_id, status, created_at, id);
