"""Who asks over HTTP, what they may do, and what is kept of it."""
