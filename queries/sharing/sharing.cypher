// description: What is shared with partners of our accounts, population by population: of one partner, or of all for whom something was set.
// parameters: partner STRING, population STRING
// columns: partner Partner, population STRING, level STRING, fields STRINGS
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
  MATCH (rule:SharingRule)
  MATCH (partner:Partner {id: rule.partner})
  RETURN partner
}
UNWIND ['CUSTOMER', 'OPPORTUNITY', 'PROSPECT'] AS population
WITH partner, population
WHERE $population IS NULL OR population = $population
OPTIONAL MATCH (rule:SharingRule {id: partner.id + ' ' + population})
RETURN partner, population, coalesce(rule.level, 'HIDDEN') AS level, coalesce(rule.fields, []) AS fields
ORDER BY partner.id, CASE population WHEN 'CUSTOMER' THEN 0 WHEN 'OPPORTUNITY' THEN 1 ELSE 2 END
