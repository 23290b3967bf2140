// description: The bridges of a projected graph.
// parameters: graph STRING
// columns: bridges EDGES
// mode: read
CALL gds.bridges.stream($graph) YIELD from, to
RETURN collect([from, to]) AS bridges
