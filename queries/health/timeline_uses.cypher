// description: Which accounts used each product and when; days as year · 10000 + month · 100 + day, 0 for not known. Accounts and products are the database's own numbers.
// columns: product INTEGER, accounts INTEGERS, since INTEGERS, until INTEGERS
// mode: read
// allow: NodeByLabelScan
MATCH (product:Product)<-[u:USES]-(account:Account)
WITH id(product) AS product, id(account) AS account, u.since AS day, u.until AS gone
RETURN product, collect(account) AS accounts,
       collect(coalesce(day.year * 10000 + day.month * 100 + day.day, 0)) AS since,
       collect(coalesce(gone.year * 10000 + gone.month * 100 + gone.day, 0)) AS until
