DROP SCHEMA public;
CREATE SCHEMA load;
CREATE TABLE load.airports (
    iata      varchar(4) NOT NULL,
    name      text NOT NULL,
    city      text,
    state     varchar(2),
    country   text NOT NULL,
    latitude  numeric(11,8) NOT NULL,
    longitude numeric(12,8) NOT NULL
);
