"""What belongs together across dispatches: names, lineages, meetings, figures; judgements, never edits."""
