// description: Projects an undirected weighted graph for Graph Data Science from numbered nodes, edge by edge.
// parameters: graph STRING, edges EDGES
// columns: nodes INTEGER
// mode: read
UNWIND $edges AS edge
WITH gds.graph.project(
  $graph, edge[0], edge[1], {relationshipProperties: {weight: edge[2]}}, {undirectedRelationshipTypes: ['*']}
) AS projected
RETURN projected.nodeCount AS nodes
