WITH registered AS (
  SELECT id, name, window_start, window_end
  FROM TABLE(TUMBLE(TABLE person, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND))
  GROUP BY id, name, window_start, window_end
),
sellers AS (
  SELECT seller, window_start, window_end
  FROM TABLE(TUMBLE(TABLE auction, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND))
  GROUP BY seller, window_start, window_end
)
SELECT registered.id, registered.name, registered.window_start AS starttime
FROM registered JOIN sellers
  ON registered.id = sellers.seller
  AND registered.window_start = sellers.window_start
  AND registered.window_end = sellers.window_end
