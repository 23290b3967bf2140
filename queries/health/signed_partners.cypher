// description: How many partners have joined and not left by a day.
// parameters: asOf DATE
// columns: partners INTEGER
// mode: read
// allow: NodeByLabelScan
MATCH (partner:Partner)
WHERE (partner.joinedOn IS NULL OR partner.joinedOn <= $asOf) AND (partner.leftOn IS NULL OR partner.leftOn > $asOf)
RETURN count(partner) AS partners
