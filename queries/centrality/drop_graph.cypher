// description: Drops a projected graph, if it is there.
// parameters: graph STRING
// columns: name STRING
// mode: read
CALL gds.graph.drop($graph, false) YIELD graphName
RETURN graphName AS name
