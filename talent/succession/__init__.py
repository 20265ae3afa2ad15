"""Succession: which positions the company could not leave empty, who could take them, and when."""
