"""The GraphQL schema and its compiler to Cypher."""
