// description: White space between one partner and us on a day: accounts on its list that are nothing to us (THEIRS), or ours that are not on its list (OURS).
// parameters: partner STRING, side STRING, asOf DATE
// columns: it Account
// mode: read
// allow: NodeByLabelScan, CartesianProduct
CALL () {
  WITH 1 AS one
  WHERE $side = 'THEIRS'
  MATCH (:Partner {id: $partner})-[k:KNOWS]->(account:Account)
  WHERE (k.since IS NULL OR k.since <= $asOf) AND (k.until IS NULL OR k.until > $asOf)
  RETURN DISTINCT account
  UNION
  WITH 1 AS one
  WHERE $side = 'OURS'
  MATCH (partner:Partner {id: $partner})
  MATCH (account:Account)
  WHERE NOT EXISTS {
    MATCH (partner)-[k:KNOWS]->(account)
    WHERE (k.since IS NULL OR k.since <= $asOf) AND (k.until IS NULL OR k.until > $asOf)
  }
  RETURN account
}
CALL ecograph.account_population(account)
WITH account AS it, population
WHERE (population IS NULL) = ($side = 'THEIRS')
RETURN it
