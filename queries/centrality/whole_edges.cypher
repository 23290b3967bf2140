// description: All relations between partners, accounts, products, integrations and deals that hold on a day, by type, as the database's numbers of their ends; without our own company, account lists and what is derived.
// parameters: asOf DATE
// columns: type STRING, starts INTEGERS, ends INTEGERS
// mode: read
// allow: AllNodesScan, NodeByLabelScan
MATCH (start:Partner|Account|Product|Integration|Deal)-[r:OFFERS|BUILDS|CONNECTS|USES|ENABLED|IMPLEMENTS_FOR|RESELLS_TO|REFERRED|WITH|INCLUDES|TOUCHED|SOURCED|INFLUENCED|CERTIFIED_FOR|ALLIED_WITH|SAME_COMPANY_AS]->(end)
WHERE (r.since IS NULL OR r.since <= $asOf) AND (r.until IS NULL OR r.until > $asOf)
RETURN type(r) AS type, collect(id(start)) AS starts, collect(id(end)) AS ends
