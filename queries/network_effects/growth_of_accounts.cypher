// description: When partners joined and left, and when accounts became customers, up to a day; days as year · 10000 + month · 100 + day, 0 for not.
// parameters: asOf DATE
// columns: joined INTEGERS, left INTEGERS, since INTEGERS, undatedPartners INTEGER
// mode: read
// allow: NodeByLabelScan, CartesianProduct
CALL () {
  MATCH (partner:Partner)
  WHERE partner.joinedOn <= $asOf
  WITH partner.joinedOn AS day, CASE WHEN partner.leftOn <= $asOf THEN partner.leftOn END AS gone
  RETURN collect(day.year * 10000 + day.month * 100 + day.day) AS joined,
         collect(coalesce(gone.year * 10000 + gone.month * 100 + gone.day, 0)) AS left
}
CALL () {
  MATCH (account:Account)
  WHERE account.customerSince <= $asOf
  WITH account.customerSince AS day
  RETURN collect(day.year * 10000 + day.month * 100 + day.day) AS since
}
CALL () {
  MATCH (partner:Partner)
  WHERE partner.joinedOn IS NULL
  RETURN count(partner) AS undatedPartners
}
RETURN joined, left, since, undatedPartners
