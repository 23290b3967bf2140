CALL () { MATCH (n1:Deal) WHERE n1.id IS NOT NULL WITH n1 ORDER BY n1.id LIMIT $p0 RETURN collect([n1.id]) AS n3 } RETURN [n3] AS r;
CALL () { MATCH (n1:Integration) WHERE n1.id IS NOT NULL WITH n1 ORDER BY n1.id LIMIT $p0 RETURN collect([[$p1, n1.id], n1.id]) AS n3 } RETURN [n3] AS r;
CALL () { MATCH (n1:Partner) WHERE n1.id IS NOT NULL WITH n1 ORDER BY n1.id LIMIT $p0 RETURN collect([n1.id, [$p1, n1.id]]) AS n3 } CALL () { MATCH (n1:Partner) RETURN count(*) AS n4 } RETURN [n3, false, n4] AS r;
CALL () { MATCH (n1:Product) WHERE n1.id IS NOT NULL WITH n1 ORDER BY n1.id LIMIT $p0 RETURN collect([n1.id, [$p1, n1.id]]) AS n3 } CALL () { MATCH (n1:Product) RETURN count(*) AS n4 } RETURN [n3, n4] AS r;
