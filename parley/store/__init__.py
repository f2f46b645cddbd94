"""The ledger's tables: records go in whole and are never changed; SQLite, or PostgreSQL by URL."""
