"""The desk: the ledger as pages, rendered on the server from the rows of show/; no SQL and no extraction in here."""
