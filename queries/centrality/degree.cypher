// description: Number of neighbours of the nodes of a projected graph.
// parameters: graph STRING
// columns: nodes INTEGERS, scores FLOATS
// mode: read
CALL gds.degree.stream($graph) YIELD nodeId, score
RETURN collect(nodeId) AS nodes, collect(score) AS scores
