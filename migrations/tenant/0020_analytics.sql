-- What happened between two days, for all organizations of a business at once.
CREATE INDEX shipments_by_moment ON shipments (purchased_at) WHERE purchased_at IS NOT NULL;
CREATE INDEX sales_orders_by_moment ON sales_orders (placed_at) WHERE placed_at IS NOT NULL;
