// description: Each partner's first and last day in the program and the days on which it did something, as year · 10000 + month · 100 + day, 0 for not known.
// columns: joined INTEGER, left INTEGER, active INTEGERS
// mode: read
// allow: NodeByLabelScan
MATCH (partner:Partner)
WITH partner, COLLECT {
  CALL (partner) {
    MATCH (partner)-[t:TOUCHED]->(:Deal) RETURN DISTINCT t.on AS day
    UNION
    MATCH (partner)-[r:IMPLEMENTS_FOR]->(:Account) RETURN DISTINCT r.since AS day
    UNION
    MATCH (partner)-[c:CERTIFIED_FOR]->(:Product) RETURN DISTINCT c.on AS day
    UNION
    MATCH (partner)-[:BUILDS]->(:Integration)<-[e:ENABLED]-(:Account) RETURN DISTINCT e.since AS day
  }
  WITH day WHERE day IS NOT NULL
  RETURN day.year * 10000 + day.month * 100 + day.day AS day ORDER BY day
} AS active
WITH partner.joinedOn AS joinedOn, partner.leftOn AS leftOn, active
RETURN coalesce(joinedOn.year * 10000 + joinedOn.month * 100 + joinedOn.day, 0) AS joined,
       coalesce(leftOn.year * 10000 + leftOn.month * 100 + leftOn.day, 0) AS left, active
