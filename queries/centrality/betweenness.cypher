// description: Betweenness of the nodes of a projected graph, each pair counted once.
// parameters: graph STRING
// columns: nodes INTEGERS, scores FLOATS
// mode: read
CALL gds.betweenness.stream($graph) YIELD nodeId, score
RETURN collect(nodeId) AS nodes, collect(score) AS scores
