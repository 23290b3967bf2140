"""Overlap of account lists, whom to sell with and whom to win, and how deals go where a partner is."""
