// description: Weighted PageRank of the nodes of a projected graph; it sums to their number less what is lost at dead ends.
// parameters: graph STRING, damping FLOAT
// columns: nodes INTEGERS, scores FLOATS
// mode: read
CALL gds.pageRank.stream($graph, {
  maxIterations: 1000, tolerance: 1e-15, dampingFactor: $damping, relationshipWeightProperty: 'weight'
}) YIELD nodeId, score
RETURN collect(nodeId) AS nodes, collect(score) AS scores
