// description: Partners that sourced a deal, each with its even share of it.
// in: deal Deal
// columns: it Partner, share FLOAT
// mode: read
MATCH (deal)<-[:SOURCED]-(partner:Partner)
WITH DISTINCT partner ORDER BY partner.id
WITH collect(partner) AS partners
UNWIND partners AS it
RETURN it, 1.0 / size(partners) AS share
