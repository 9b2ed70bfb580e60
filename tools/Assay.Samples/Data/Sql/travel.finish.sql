ALTER TABLE flights.airports ADD PRIMARY KEY (iata);
ALTER TABLE flights.flights ADD PRIMARY KEY (id, date),
    ADD FOREIGN KEY (origin) REFERENCES flights.airports,
    ADD FOREIGN KEY (destination) REFERENCES flights.airports;
ALTER TABLE flights.routes ADD PRIMARY KEY (origin, destination),
    ADD FOREIGN KEY (origin) REFERENCES flights.airports,
    ADD FOREIGN KEY (destination) REFERENCES flights.airports;
ALTER TABLE flights.cancellations ADD PRIMARY KEY (id),
    ADD FOREIGN KEY (flight, date) REFERENCES flights.flights (id, date);
ALTER TABLE wildlife.birdstrikes ADD PRIMARY KEY (id);
ALTER TABLE wildlife.species ADD PRIMARY KEY (item_id, county_id);

CREATE VIEW flights.delays_by_airport AS
    SELECT a.iata, a.name, count(*) AS flights, round(avg(f.delay), 1) AS mean_delay, max(f.delay) AS longest_delay
    FROM flights.flights f JOIN flights.airports a ON a.iata = f.origin
    GROUP BY a.iata, a.name;
CREATE MATERIALIZED VIEW flights.busiest_routes AS
    SELECT o.city AS "from", d.city AS "to", sum(r.count) AS flights
    FROM flights.routes r JOIN flights.airports o ON o.iata = r.origin JOIN flights.airports d ON d.iata = r.destination
    GROUP BY o.city, d.city HAVING sum(r.count) > 5000;

COMMENT ON TABLE flights.airports IS 'Airports of the USA';
COMMENT ON COLUMN flights.airports.iata IS 'The airport''s code';
COMMENT ON TABLE flights.flights IS 'One row for each flight, in partitions by month';
COMMENT ON COLUMN flights.flights.delay IS 'Minutes late at the gate; negative for early';
COMMENT ON COLUMN flights.flights.distance IS 'Miles';
COMMENT ON TABLE flights.cancellations IS 'Nothing was cancelled: an empty table';
COMMENT ON VIEW flights.delays_by_airport IS 'How punctual flights leave, by airport';
COMMENT ON TABLE wildlife.birdstrikes IS 'Reports of animals hit by aircraft; names as the report has them';
COMMENT ON COLUMN wildlife.birdstrikes."Cost Total $" IS 'US dollars';
