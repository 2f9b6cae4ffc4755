WITH counted AS (
  SELECT auction, COUNT(*) AS num, window_start, window_end
  FROM TABLE(HOP(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
  GROUP BY auction, window_start, window_end
),
highest AS (
  SELECT MAX(num) AS num, window_start, window_end
  FROM counted
  GROUP BY window_start, window_end
)
SELECT counted.auction, counted.num
FROM counted JOIN highest
  ON counted.window_start = highest.window_start AND counted.window_end = highest.window_end
WHERE counted.num >= highest.num
