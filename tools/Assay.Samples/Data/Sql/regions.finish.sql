-- Ten schemas and nothing else: the airports of ten states.
DO $$
DECLARE
    region record;
BEGIN
    FOR region IN SELECT * FROM (VALUES
        ('alaska', 'AK'), ('california', 'CA'), ('colorado', 'CO'), ('florida', 'FL'), ('georgia', 'GA'),
        ('illinois', 'IL'), ('new_york', 'NY'), ('ohio', 'OH'), ('texas', 'TX'), ('washington', 'WA')) r(name, state)
    LOOP
        EXECUTE format('CREATE SCHEMA %I', region.name);
        EXECUTE format('CREATE TABLE %I.airports AS SELECT * FROM load.airports WHERE state = %L', region.name, region.state);
        EXECUTE format('ALTER TABLE %I.airports ADD PRIMARY KEY (iata)', region.name);
        EXECUTE format('CREATE VIEW %I.cities AS SELECT city, count(*) AS airports FROM %I.airports GROUP BY city', region.name, region.name);
    END LOOP;
END $$;
DROP SCHEMA load CASCADE;
