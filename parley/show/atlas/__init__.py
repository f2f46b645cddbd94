"""Where places lie, and the outlines of countries: what a map of dispatches is drawn from, without a network."""
