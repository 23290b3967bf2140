// description: The articulation points of a projected graph.
// parameters: graph STRING
// columns: nodes INTEGERS
// mode: read
CALL gds.articulationPoints.stream($graph) YIELD nodeId
RETURN collect(nodeId) AS nodes
