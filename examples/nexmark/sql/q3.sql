SELECT seller.name, seller.city, seller.state, offer.id
FROM auction AS offer JOIN person AS seller ON offer.seller = seller.id
WHERE offer.category = 10 AND seller.state IN ('OR', 'ID', 'CA')
