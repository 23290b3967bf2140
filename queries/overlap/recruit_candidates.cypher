// description: Companies that are no active partners on a day, by the products of theirs that our active accounts use; a product that nobody is known to offer stands for its company.
// parameters: asOf DATE, activeWithin INTEGER, hasDatedActivity BOOLEAN, hasCustomerDates BOOLEAN
// columns: id STRING, company STRING, products NODES, accounts INTEGER, users NODES, because NODES
// mode: read
// allow: NodeByLabelScan
MATCH (account:Account)-[u:USES]->(product:Product)
WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
  AND NOT coalesce(product.isPlatform, false)
CALL ecograph.account_is_active(account)
WITH account, product, isActive
WHERE isActive
WITH product, collect(DISTINCT account) AS users
OPTIONAL MATCH (product)<-[o:OFFERS]-(vendor:Partner|Company)
WHERE (o.since IS NULL OR o.since <= $asOf) AND (o.until IS NULL OR o.until > $asOf)
WITH product, users, coalesce(vendor, product) AS vendor
WHERE NOT vendor:Company
WITH vendor, product, users ORDER BY product.id
WITH vendor, CASE WHEN vendor:Partner THEN vendor END AS partner, collect(product) AS products, collect(users) AS groups
CALL ecograph.partner_status(partner)
WITH vendor, products, groups, partner, status
WHERE partner IS NULL OR status <> 'ACTIVE' OR (
  NOT $hasDatedActivity AND partner.joinedOn IS NULL AND EXISTS { MATCH (other:Partner) WHERE other.joinedOn IS NOT NULL }
)
UNWIND groups AS some
UNWIND some AS account
WITH vendor, products, partner, account, count(*) AS used
ORDER BY used DESC, account.id
WITH vendor, products, partner, collect(account) AS users
RETURN vendor.id AS id, vendor.name AS company, products, size(users) AS accounts, users, CASE WHEN partner IS NULL THEN [] ELSE [partner] END + users[..5] AS because
