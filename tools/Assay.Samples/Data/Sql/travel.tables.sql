CREATE SCHEMA flights;
COMMENT ON SCHEMA flights IS 'Flights within the USA, January to March 2001';

CREATE TABLE flights.airports (
    iata      varchar(4) NOT NULL,
    name      text NOT NULL,
    city      text,
    state     varchar(2),
    country   text NOT NULL,
    latitude  numeric(11,8) NOT NULL,
    longitude numeric(12,8) NOT NULL
);

CREATE TABLE flights.flights (
    id          bigint GENERATED ALWAYS AS IDENTITY,
    date        timestamp NOT NULL,
    delay       integer,
    distance    integer NOT NULL,
    origin      varchar(4) NOT NULL,
    destination varchar(4) NOT NULL
) PARTITION BY RANGE (date);
CREATE TABLE flights.flights_2001_01 PARTITION OF flights.flights FOR VALUES FROM ('2001-01-01') TO ('2001-02-01');
CREATE TABLE flights.flights_2001_02 PARTITION OF flights.flights FOR VALUES FROM ('2001-02-01') TO ('2001-03-01');
CREATE TABLE flights.flights_2001_03 PARTITION OF flights.flights FOR VALUES FROM ('2001-03-01') TO ('2001-04-01');
CREATE TABLE flights.flights_later   PARTITION OF flights.flights DEFAULT;

CREATE TABLE flights.routes (
    origin      varchar(4) NOT NULL,
    destination varchar(4) NOT NULL,
    count       integer NOT NULL
);

CREATE TYPE flights.reason AS ENUM ('weather', 'carrier', 'security', 'air traffic');
CREATE TABLE flights.cancellations (
    id        uuid NOT NULL,
    flight    bigint NOT NULL,
    date      timestamp NOT NULL,
    reason    flights.reason NOT NULL,
    announced timestamptz,
    notified  text[] NOT NULL DEFAULT '{}'
);

CREATE SCHEMA wildlife;
COMMENT ON SCHEMA wildlife IS 'Animals met by aircraft, and where animals live';

CREATE TABLE wildlife.birdstrikes (
    id                          integer GENERATED ALWAYS AS IDENTITY,
    "Airport Name"              text NOT NULL,
    "Aircraft Make Model"       text NOT NULL,
    "Effect Amount of damage"   text NOT NULL,
    "Flight Date"               date NOT NULL,
    "Aircraft Airline Operator" text NOT NULL,
    "Origin State"              text NOT NULL,
    "Phase of flight"           text NOT NULL,
    "Wildlife Size"             text NOT NULL,
    "Wildlife Species"          text NOT NULL,
    "Time of day"               text NOT NULL,
    "Cost Other"                integer NOT NULL,
    "Cost Repair"               integer NOT NULL,
    "Cost Total $"              integer NOT NULL,
    "Speed IAS in knots"        integer
);

CREATE TABLE wildlife.species (
    item_id                varchar(24) NOT NULL,
    common_name            text NOT NULL,
    scientific_name        text NOT NULL,
    gap_species_code       varchar(6) NOT NULL,
    county_id              integer NOT NULL,
    habitat_yearround_pct  double precision
);
