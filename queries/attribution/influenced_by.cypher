// description: Partners that influenced a deal which they did not source.
// in: deal Deal
// columns: it Partner
// mode: read
MATCH (deal)<-[:INFLUENCED]-(it:Partner)
WHERE NOT EXISTS { (deal)<-[:SOURCED]-(it) }
WITH DISTINCT it ORDER BY it.id
RETURN it
