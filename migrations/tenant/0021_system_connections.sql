-- The operator's account that a connection stands for: its credentials are on the platform alone.
ALTER TABLE carrier_connections ADD COLUMN system_connection_id TEXT;
CREATE UNIQUE INDEX carrier_connections_of_system
  ON carrier_connections (organization_id, system_connection_id)
  WHERE system_connection_id IS NOT NULL;
