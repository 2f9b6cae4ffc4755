WITH highest AS (
  SELECT MAX(price) AS price, window_start, window_end
  FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND))
  GROUP BY window_start, window_end
)
SELECT bid.auction, bid.price, bid.bidder, bid.`dateTime`, bid.extra
FROM bid JOIN highest ON bid.price = highest.price
WHERE bid.`dateTime` BETWEEN highest.window_start AND highest.window_end
