"""Answers as plain rows, and the one page that shows a record."""
