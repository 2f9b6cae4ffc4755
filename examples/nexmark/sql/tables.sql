-- What happens in the auction house. {events} and {side} are files, {options} what else is said of the
-- first one.
CREATE TEMPORARY TABLE events (
  person ROW<
    id BIGINT, name STRING, emailAddress STRING, creditCard STRING, city STRING, state STRING,
    `dateTime` TIMESTAMP(3), extra STRING>,
  auction ROW<
    id BIGINT, itemName STRING, description STRING, initialBid BIGINT, reserve BIGINT,
    `dateTime` TIMESTAMP(3), expires TIMESTAMP(3), seller BIGINT, category BIGINT, extra STRING>,
  bid ROW<
    auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING,
    `dateTime` TIMESTAMP(3), extra STRING>,
  `dateTime` AS COALESCE(person.`dateTime`, auction.`dateTime`, bid.`dateTime`),
  p_time AS PROCTIME(),
  WATERMARK FOR `dateTime` AS `dateTime` - INTERVAL '4' SECOND
) WITH ('connector' = 'filesystem', 'path' = '{events}', 'format' = 'json'{options});

CREATE TEMPORARY VIEW person AS
SELECT e.person.id, e.person.name, e.person.city, e.person.state, e.`dateTime`
FROM events AS e
WHERE e.person IS NOT NULL;

CREATE TEMPORARY VIEW auction AS
SELECT e.auction.id, e.auction.seller, e.auction.category, e.`dateTime`
FROM events AS e
WHERE e.auction IS NOT NULL;

CREATE TEMPORARY VIEW bid AS
SELECT e.bid.auction, e.bid.bidder, e.bid.price, e.bid.extra, e.`dateTime`, e.p_time
FROM events AS e
WHERE e.bid IS NOT NULL;

CREATE TEMPORARY TABLE side_input (`key` BIGINT, `value` STRING)
WITH ('connector' = 'filesystem', 'path' = '{side}', 'format' = 'csv');
