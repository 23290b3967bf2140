// description: Partners that an account does not have, by how alike and how lifted they are by those that it has, times one more than the active accounts of its industry that have them; none under another day than today, and none before a measure run.
// in: account Account
// parameters: asOf DATE, today DATE, hasCustomerDates BOOLEAN, ties STRING, lifts STRING
// columns: partner Partner, score FLOAT, because NODES
// mode: read
WITH account, COLLECT {
  MATCH (account)-[h:HAS_PARTNER]->(own:Partner)
  WHERE (h.since IS NULL OR h.since <= $asOf) AND (h.until IS NULL OR h.until > $asOf) AND h.sources <> ['LIST']
  RETURN DISTINCT own
} AS owned
UNWIND owned AS own
MATCH (own)-[s:SHARES_WITH]-(partner:Partner)
WHERE $asOf = $today AND $lifts IS NOT NULL AND s.slot = $ties AND s.cosine > 0 AND NOT partner IN owned
  AND (partner.leftOn IS NULL OR partner.leftOn > $asOf)
WITH account, partner, own, s.cosine * coalesce(head(COLLECT {
  MATCH (own)-[l:LIFTS]->(partner) WHERE l.slot = $lifts RETURN l.low
}), 1.0) AS part
ORDER BY part DESC, own.id
WITH account, partner, collect(own)[..5] AS because, collect(part) AS parts
WITH partner, because, reduce(total = 0.0, part IN parts | total + part) AS likeness, COUNT {
  MATCH (partner)<-[h:HAS_PARTNER]-(other:Account)
  WHERE (h.since IS NULL OR h.since <= $asOf) AND (h.until IS NULL OR h.until > $asOf) AND h.sources <> ['LIST']
    AND (account.industry IS NULL OR other.industry = account.industry)
    AND CASE $hasCustomerDates
      WHEN true THEN other.customerSince <= $asOf AND (other.churnedOn IS NULL OR other.churnedOn > $asOf)
      ELSE EXISTS {
        MATCH (other)-[u:USES]->(:Product)
        WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
      }
    END
} AS popularity
RETURN partner, round(likeness * (popularity + 1), 6) AS score, because
