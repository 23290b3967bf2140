// description: Each integration with the products that it joins, when it was available, and which accounts had it enabled; days as year · 10000 + month · 100 + day, 0 for not known. Nodes are the database's own numbers.
// columns: launched INTEGER, retired INTEGER, products LISTS, enabled LISTS
// mode: read
// allow: NodeByLabelScan
MATCH (integration:Integration)
WITH integration, COLLECT {
  MATCH (integration)-[c:CONNECTS]->(product:Product)
  WITH id(product) AS product, c.since AS day, c.until AS gone
  RETURN [product, coalesce(day.year * 10000 + day.month * 100 + day.day, 0), coalesce(gone.year * 10000 + gone.month * 100 + gone.day, 0)]
} AS products, COLLECT {
  MATCH (integration)<-[e:ENABLED]-(account:Account)
  WITH id(account) AS account, e.since AS day, e.until AS gone
  RETURN [account, coalesce(day.year * 10000 + day.month * 100 + day.day, 0), coalesce(gone.year * 10000 + gone.month * 100 + gone.day, 0)]
} AS enabled
WITH integration.launchedOn AS day, integration.retiredOn AS gone, products, enabled
RETURN coalesce(day.year * 10000 + day.month * 100 + day.day, 0) AS launched,
       coalesce(gone.year * 10000 + gone.month * 100 + gone.day, 0) AS retired, products, enabled
