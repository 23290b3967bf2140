// description: The nodes of some kinds with a stored measure, its value and the place of each among all nodes of the graph.
// parameters: labels STRINGS, values STRING, at INTEGER, rankAt INTEGER
// columns: node Node, score FLOAT, rank INTEGER
// mode: read
// allow: NodeByLabelScan
CALL () {
  WITH 1 AS one WHERE 'Partner' IN $labels MATCH (node:Partner) RETURN node
  UNION ALL
  WITH 1 AS one WHERE 'Account' IN $labels MATCH (node:Account) RETURN node
  UNION ALL
  WITH 1 AS one WHERE 'Product' IN $labels MATCH (node:Product) RETURN node
  UNION ALL
  WITH 1 AS one WHERE 'Integration' IN $labels MATCH (node:Integration) RETURN node
  UNION ALL
  WITH 1 AS one WHERE 'Deal' IN $labels MATCH (node:Deal) RETURN node
}
WITH node, node[$values] AS found
WHERE found IS NOT NULL AND NOT isNaN(found[$at])
RETURN node, found[$at] AS score, toInteger(found[$rankAt]) AS rank
