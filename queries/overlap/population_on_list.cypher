// description: What an account is to a partner by its list on a day: of several populations the strongest, customer before opportunity before prospect; null where it is not on the list.
// in: partner Partner, account Account, day DATE
// columns: population STRING
// mode: read
RETURN head(COLLECT {
  MATCH (partner)-[k:KNOWS]->(account)
  WHERE (k.since IS NULL OR k.since <= day) AND (k.until IS NULL OR k.until > day)
  RETURN k.population AS population
  ORDER BY CASE k.population WHEN 'CUSTOMER' THEN 0 WHEN 'OPPORTUNITY' THEN 1 ELSE 2 END
  LIMIT 1
}) AS population
