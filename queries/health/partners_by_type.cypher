// description: Partners that have joined and not left by a day, by type; one with several types counts in each.
// parameters: asOf DATE
// columns: type STRING, partners INTEGER
// mode: read
// allow: NodeByLabelScan
MATCH (partner:Partner)
WHERE (partner.joinedOn IS NULL OR partner.joinedOn <= $asOf) AND (partner.leftOn IS NULL OR partner.leftOn > $asOf)
UNWIND partner.types AS type
RETURN type, count(partner) AS partners
ORDER BY type
