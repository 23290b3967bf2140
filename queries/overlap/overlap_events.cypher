// description: What came onto partners' account lists, left them or changed population from a day on, by the first and last days of the entries; of several populations the strongest counts.
// parameters: partner STRING, start DATE, today DATE
// columns: account Account, partner Partner, population STRING, day STRING, kind STRING
// mode: read
// allow: NodeByLabelScan
CALL () {
  WITH 1 AS one
  WHERE $partner IS NOT NULL
  MATCH (partner:Partner {id: $partner})
  RETURN partner
  UNION
  WITH 1 AS one
  WHERE $partner IS NULL
  MATCH (partner:Partner)
  RETURN partner
}
MATCH (partner)-[k:KNOWS]->(account:Account)
UNWIND [k.since, k.until] AS day
WITH DISTINCT partner, account, day
WHERE day >= $start AND day <= $today
WITH partner, account, day, day - duration({days: 1}) AS eve
CALL ecograph.population_on_list(partner, account, eve)
WITH partner, account, day, population AS before
CALL ecograph.population_on_list(partner, account, day)
WITH partner, account, day, before, population AS after
WHERE (before IS NULL) <> (after IS NULL) OR before <> after
RETURN account, partner, coalesce(after, before) AS population, toString(day) AS day,
       CASE WHEN before IS NULL THEN 'APPEARED' WHEN after IS NULL THEN 'LEFT' ELSE 'MOVED' END AS kind
