"""Who matters: the partner–partner graph, centrality on it and on the whole graph, and coverage value."""
