// description: Leading eigenvector of a projected directed graph whose nodes all have the same sum of outgoing weights.
// parameters: graph STRING
// columns: nodes INTEGERS, scores FLOATS
// mode: read
CALL gds.eigenvector.stream($graph, {maxIterations: 20000, tolerance: 1e-14, relationshipWeightProperty: 'weight'})
YIELD nodeId, score
RETURN collect(nodeId) AS nodes, collect(score) AS scores
