"""Pages and feeds fetched with care, put into the ledger, and what changes there told to those who asked."""
