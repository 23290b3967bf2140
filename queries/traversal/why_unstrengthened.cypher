// description: In words, why no partner strengthens an account: which of its relations lead to none.
// in: account Account
// parameters: asOf DATE
// columns: reason STRING
// mode: read
WITH account, COLLECT {
  MATCH (account)-[u:USES]->(product:Product)
  WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
  RETURN product.name AS name ORDER BY name
} AS products, COUNT {
  MATCH (account)<-[:IMPLEMENTS_FOR|RESELLS_TO|REFERRED|KNOWS]-(p:Partner) WHERE p.leftOn <= $asOf
} AS former
RETURN CASE size(products)
    WHEN 0 THEN 'No product in use is known'
    ELSE 'It uses ' + reduce(text = head(products), name IN tail(products)[..9] | text + ', ' + name)
      + CASE WHEN size(products) > 10 THEN ' and ' + toString(size(products) - 10) + ' more' ELSE '' END
      + '; no present partner offers any of these or builds an integration that connects one of them'
  END
  + ', and no role, deal or account list joins it to a present partner'
  + CASE former WHEN 0 THEN '.' ELSE ' (' + toString(former) + ' former relations are with partners that left).' END AS reason
