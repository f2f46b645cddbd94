"""bytes → Document: what a dispatch is, before anyone reads it for sense."""
