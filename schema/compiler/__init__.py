"""From a selection set to one Cypher statement, and from its one row to JSON."""
