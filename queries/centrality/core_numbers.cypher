// description: Core number of the nodes of a projected graph; with one thread, which is right for small graphs too.
// parameters: graph STRING
// columns: nodes INTEGERS, scores FLOATS
// mode: read
CALL gds.kcore.stream($graph, {concurrency: 1}) YIELD nodeId, coreValue
RETURN collect(nodeId) AS nodes, collect(toFloat(coreValue)) AS scores
