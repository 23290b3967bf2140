"""Work that goes on after the request for it: how far it is, and what it left."""
