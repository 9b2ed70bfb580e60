CREATE SCHEMA geo;

CREATE TABLE geo.zipcodes (
    zip_code  char(5) NOT NULL,
    latitude  double precision NOT NULL,
    longitude double precision NOT NULL,
    city      text NOT NULL,
    state     char(2) NOT NULL,
    county    text
);
CREATE TABLE geo.countries (
    country     text NOT NULL,
    year        smallint NOT NULL,
    cluster     smallint NOT NULL,
    pop         integer NOT NULL,
    life_expect numeric(5,2) NOT NULL,
    fertility   numeric(4,2) NOT NULL
);
CREATE TABLE geo.earthquakes (
    id         text NOT NULL,
    properties jsonb NOT NULL,
    geometry   jsonb NOT NULL,
    magnitude  numeric GENERATED ALWAYS AS ((properties ->> 'mag')::numeric) STORED,
    place      text GENERATED ALWAYS AS (properties ->> 'place') STORED,
    occurred   timestamptz GENERATED ALWAYS AS (to_timestamp((properties ->> 'time')::float8 / 1000)) STORED
);

CREATE SCHEMA weather;

CREATE TABLE weather.weather (
    location      text NOT NULL,
    date          date NOT NULL,
    precipitation numeric(5,1) NOT NULL,
    temp_max      numeric(4,1) NOT NULL,
    temp_min      numeric(4,1) NOT NULL,
    wind          numeric(4,1) NOT NULL,
    weather       text NOT NULL
) PARTITION BY LIST (location);
CREATE TABLE weather.seattle    PARTITION OF weather.weather FOR VALUES IN ('Seattle');
CREATE TABLE weather."New York" PARTITION OF weather.weather FOR VALUES IN ('New York');
CREATE TABLE weather.normals (
    date        timestamp NOT NULL,
    pressure    real NOT NULL,
    temperature real NOT NULL,
    wind        real NOT NULL
);
CREATE TABLE weather.co2 (
    "Date"         date NOT NULL,
    "CO2"          numeric(6,2) NOT NULL,
    "adjusted CO2" numeric(6,2) NOT NULL
);

CREATE SCHEMA economy;

CREATE TABLE economy.jobs (
    job   text NOT NULL,
    sex   varchar(5) NOT NULL,
    year  smallint NOT NULL,
    count integer NOT NULL,
    perc  double precision NOT NULL
);
CREATE TABLE economy.stocks (
    symbol varchar(5) NOT NULL,
    date   date NOT NULL,
    price  money NOT NULL
);
CREATE TABLE economy.unemployment (
    id   integer NOT NULL,
    rate numeric(4,3) NOT NULL
);

CREATE SCHEMA nothing;
COMMENT ON SCHEMA nothing IS 'A schema without tables';
