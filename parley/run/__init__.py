"""Running `process` over many documents: this machine's cores, in order, memory flat."""
