CALL () { CALL () { CALL () { CALL db.index.fulltext.queryNodes('ecograph_search', $p1) YIELD node, score
WHERE any(label IN labels(node) WHERE label IN $p2)
RETURN node, score } WITH node AS n1, score AS n2 RETURN collect([n1, n2]) AS n4 } RETURN [[COLLECT { UNWIND n4 AS n5 WITH n5[0] AS n1, n5[1] AS n2 WITH n1, n2, size(n1.name) AS n3 WITH n1, n2, n3 ORDER BY n2 DESC, n3, n1.id LIMIT $p0 RETURN [n1.name, CASE WHEN n1:Account THEN ['Account'] WHEN n1:Deal THEN ['Deal'] WHEN n1:Integration THEN ['Integration'] WHEN n1:Partner THEN ['Partner', n1.tier] WHEN n1:Product THEN ['Product', n1.category] END] }, size(n4)]] AS n6 } RETURN [n6] AS r;
CALL () { CALL () { CALL () { CALL db.index.fulltext.queryNodes('ecograph_search', $p1) YIELD node, score
WHERE any(label IN labels(node) WHERE label IN $p2)
RETURN node, score } WITH node AS n1, score AS n2 RETURN collect([n1, n2]) AS n4 } RETURN [[COLLECT { UNWIND n4 AS n5 WITH n5[0] AS n1, n5[1] AS n2 WITH n1, n2, size(n1.name) AS n3 WITH n1, n2, n3 ORDER BY n2 DESC, n3, n1.id LIMIT $p0 RETURN [n2] }, size(n4)]] AS n6 } RETURN [n6] AS r;
CALL () { CALL () { CALL db.index.fulltext.queryNodes('ecograph_search', $p1) YIELD node, score
WHERE any(label IN labels(node) WHERE label IN $p2)
RETURN node, score } WITH node AS n1, score AS n2 WITH n1, n2, size(n1.name) AS n3 WITH n1, n2, n3 ORDER BY n2 DESC, n3, n1.id LIMIT $p0 RETURN collect([CASE WHEN n1:Account THEN ['Account'] WHEN n1:Deal THEN ['Deal'] WHEN n1:Integration THEN ['Integration'] WHEN n1:Partner THEN ['Partner'] WHEN n1:Product THEN ['Product', n1.id] END]) AS n4 } RETURN [n4] AS r;
CALL () { CALL () { CALL db.index.fulltext.queryNodes('ecograph_search', $p1) YIELD node, score
WHERE any(label IN labels(node) WHERE label IN $p2)
RETURN node, score } WITH node AS n1, score AS n2 WITH n1, n2, size(n1.name) AS n3 WITH n1, n2, n3 ORDER BY n2 DESC, n3, n1.id LIMIT $p0 RETURN collect([n1.name]) AS n4 } RETURN [n4] AS r;
