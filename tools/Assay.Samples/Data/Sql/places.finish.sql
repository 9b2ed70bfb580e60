ALTER TABLE geo.zipcodes ADD PRIMARY KEY (zip_code);
ALTER TABLE geo.countries ADD PRIMARY KEY (country, year);
ALTER TABLE geo.earthquakes ADD PRIMARY KEY (id);
ALTER TABLE weather.weather ADD PRIMARY KEY (location, date);
ALTER TABLE weather.normals ADD PRIMARY KEY (date);
ALTER TABLE weather.co2 ADD PRIMARY KEY ("Date");
ALTER TABLE economy.jobs ADD PRIMARY KEY (job, sex, year);
ALTER TABLE economy.stocks ADD PRIMARY KEY (symbol, date);
ALTER TABLE economy.unemployment ADD PRIMARY KEY (id);

CREATE VIEW geo.states AS SELECT state, count(*) AS zip_codes, count(DISTINCT county) AS counties FROM geo.zipcodes GROUP BY state;
CREATE MATERIALIZED VIEW weather.months AS
    SELECT location, date_trunc('month', date)::date AS month, sum(precipitation) AS precipitation, max(temp_max) AS hottest, min(temp_min) AS coldest
    FROM weather.weather GROUP BY 1, 2;

COMMENT ON TABLE geo.zipcodes IS 'Postal codes of the USA';
COMMENT ON COLUMN geo.countries.pop IS 'Inhabitants';
COMMENT ON TABLE geo.earthquakes IS 'A week of earthquakes, as the USGS published them in GeoJSON';
COMMENT ON TABLE weather.weather IS 'Daily weather, in partitions by city';
COMMENT ON COLUMN weather.weather.precipitation IS 'Millimetres';
COMMENT ON COLUMN weather.weather.temp_max IS 'Degrees Celsius';
