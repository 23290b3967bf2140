// description: The active accounts of any of some partners on a day, with their annual recurring revenue in minor units, and whether no other present partner is theirs.
// parameters: partners STRINGS, asOf DATE, hasCustomerDates BOOLEAN
// columns: number INTEGER, arr INTEGER, currency STRING, isUncovered BOOLEAN
// mode: read
UNWIND $partners AS id
MATCH (gone:Partner {id: id})<-[h:HAS_PARTNER]-(account:Account)
WHERE (h.since IS NULL OR h.since <= $asOf) AND (h.until IS NULL OR h.until > $asOf) AND h.sources <> ['LIST']
  AND (gone.leftOn IS NULL OR gone.leftOn > $asOf)
WITH DISTINCT account
WHERE ($hasCustomerDates AND account.customerSince <= $asOf AND (account.churnedOn IS NULL OR account.churnedOn > $asOf))
  OR (NOT $hasCustomerDates AND EXISTS {
    MATCH (account)-[u:USES]->(:Product)
    WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
  })
RETURN id(account) AS number, account.arr AS arr, account.arrCurrency AS currency, NOT EXISTS {
    MATCH (account)-[o:HAS_PARTNER]->(other:Partner)
    WHERE NOT other.id IN $partners AND (o.since IS NULL OR o.since <= $asOf) AND (o.until IS NULL OR o.until > $asOf)
      AND o.sources <> ['LIST'] AND (other.leftOn IS NULL OR other.leftOn > $asOf)
  } AS isUncovered
