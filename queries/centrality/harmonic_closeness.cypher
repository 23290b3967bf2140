// description: Harmonic closeness of the nodes of a projected graph, divided by the number of other nodes.
// parameters: graph STRING
// columns: nodes INTEGERS, scores FLOATS
// mode: read
CALL gds.closeness.harmonic.stream($graph) YIELD nodeId, score
RETURN collect(nodeId) AS nodes, collect(score) AS scores
