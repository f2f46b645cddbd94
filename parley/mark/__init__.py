"""Document → Marks: layers of mentions over the text."""
