// description: For each of some partners, how many active accounts have it on a day, for more than account lists, and in how many of the 12 months before it did something with a date: a touch, an implementation, a certification, or an enablement of an integration that it builds.
// parameters: partners STRINGS, asOf DATE, hasCustomerDates BOOLEAN
// columns: id STRING, accounts INTEGER, months INTEGER
// mode: read
UNWIND $partners AS id
MATCH (partner:Partner {id: id})
CALL (partner) {
  MATCH (partner)<-[h:HAS_PARTNER]-(account:Account)
  WHERE h.sources <> ['LIST'] AND (partner.leftOn IS NULL OR partner.leftOn > $asOf)
    AND (h.since IS NULL OR coalesce(h.adoptedOn, h.since) <= $asOf) AND (h.until IS NULL OR h.until > $asOf)
  WITH DISTINCT account
  CALL ecograph.account_is_active(account)
  WITH account, isActive
  WHERE isActive
  RETURN count(account) AS accounts
}
CALL (partner) {
  CALL (partner) {
    MATCH (partner)-[t:TOUCHED]->(:Deal) RETURN t.on AS day
    UNION
    MATCH (partner)-[r:IMPLEMENTS_FOR]->(:Account) RETURN r.since AS day
    UNION
    MATCH (partner)-[c:CERTIFIED_FOR]->(:Product) RETURN c.on AS day
    UNION
    MATCH (partner)-[:BUILDS]->(:Integration)<-[e:ENABLED]-(:Account) RETURN e.since AS day
  }
  WITH day
  WHERE day <= $asOf AND day > $asOf - duration({months: 12})
  RETURN count(DISTINCT duration.between(day, $asOf).months) AS months
}
RETURN id, accounts, months
