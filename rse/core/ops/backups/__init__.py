"""Backups of a whole installation in one file, and what puts one back."""
