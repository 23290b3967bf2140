// description: The switching cost (moat) of an account on a day: partners that it would lose with us, how irreplaceable they are, enabled integrations, and whether it has a single partner.
// in: account Account
// parameters: asOf DATE
// columns: partnersLost INTEGER, irreplaceable FLOAT, enabledIntegrations INTEGER, isSolePartner BOOLEAN
// mode: read
WITH account, COLLECT {
  MATCH (account)-[h:HAS_PARTNER]->(partner:Partner)
  WHERE (h.since IS NULL OR h.since <= $asOf) AND (h.until IS NULL OR h.until > $asOf) AND h.sources <> ['LIST']
    AND (partner.leftOn IS NULL OR partner.leftOn > $asOf)
  RETURN DISTINCT partner
} AS partners
WITH account, COLLECT {
  UNWIND partners AS partner
  WITH partner, COLLECT {
    MATCH (partner)-[o:OFFERS]->(product:Product)
    WHERE product.category IS NOT NULL
      AND (o.since IS NULL OR o.since <= $asOf) AND (o.until IS NULL OR o.until > $asOf)
    RETURN DISTINCT product.category
  } AS sectors
  ORDER BY partner.id
  RETURN CASE size(sectors)
    WHEN 0 THEN COUNT {
      MATCH (other:Partner)
      WHERE other <> partner AND any(type IN other.types WHERE type IN partner.types)
        AND (other.joinedOn IS NULL OR other.joinedOn <= $asOf) AND (other.leftOn IS NULL OR other.leftOn > $asOf)
        AND NOT EXISTS { (other)-[:OFFERS]->(:Product) }
    }
    ELSE COUNT {
      MATCH (other:Partner)-[o:OFFERS]->(product:Product)
      WHERE product.category IN sectors
        AND other <> partner AND any(type IN other.types WHERE type IN partner.types)
        AND (o.since IS NULL OR o.since <= $asOf) AND (o.until IS NULL OR o.until > $asOf)
        AND (other.joinedOn IS NULL OR other.joinedOn <= $asOf) AND (other.leftOn IS NULL OR other.leftOn > $asOf)
      RETURN DISTINCT other
    }
  END AS alternatives
} AS alternatives
RETURN size(alternatives) AS partnersLost,
       reduce(sum = 0.0, n IN alternatives | sum + 1.0 / (1 + n)) AS irreplaceable,
       COUNT {
         MATCH (account)-[e:ENABLED]->(:Integration)
         WHERE (e.since IS NULL OR e.since <= $asOf) AND (e.until IS NULL OR e.until > $asOf)
       } AS enabledIntegrations,
       size(alternatives) = 1 AS isSolePartner
