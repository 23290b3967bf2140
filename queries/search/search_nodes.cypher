// description: Nodes whose name or key matches a full-text expression, best first.
// parameters: expression STRING, labels STRINGS
// columns: node Node, score FLOAT
// mode: read
CALL db.index.fulltext.queryNodes('ecograph_search', $expression) YIELD node, score
WHERE any(label IN labels(node) WHERE label IN $labels)
RETURN node, score
