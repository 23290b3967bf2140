// description: In words, why a partner strengthens no account: what it has, and that no account is reached by it.
// in: partner Partner
// parameters: asOf DATE
// columns: reason STRING
// mode: read
RETURN CASE
    WHEN partner.leftOn <= $asOf THEN 'It left the program on ' + toString(partner.leftOn) + '.'
    ELSE 'It offers ' + toString(COUNT { (partner)-[:OFFERS]->() }) + ' products and builds '
      + toString(COUNT { (partner)-[:BUILDS]->() })
      + ' integrations; no account is known to use what these offer or connect, and no role, deal or account list joins'
      + ' it to an account.'
  END AS reason
