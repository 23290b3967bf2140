"""The GraphQL types. Each field carries a spec that tells the compiler what it is in Cypher."""
