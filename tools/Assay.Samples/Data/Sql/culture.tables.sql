CREATE SCHEMA movies;
COMMENT ON SCHEMA movies IS 'Films and what they took in';

CREATE TABLE movies."Movies" (
    id                       integer GENERATED ALWAYS AS IDENTITY,
    "Title"                  text,
    "US Gross"               bigint,
    "Worldwide Gross"        bigint,
    "US DVD Sales"           bigint,
    "Production Budget"      bigint,
    "Release Date"           date,
    "MPAA Rating"            varchar(9),
    "Running Time min"       smallint,
    "Distributor"            text,
    "Source"                 text,
    "Major Genre"            text,
    "Creative Type"          text,
    "Director"               text,
    "Rotten Tomatoes Rating" smallint,
    "IMDB Rating"            numeric(3,1),
    "IMDB Votes"             integer
);
CREATE TABLE movies.awards (
    movie integer NOT NULL,
    year  smallint NOT NULL,
    award text NOT NULL,
    won   boolean NOT NULL DEFAULT false
);

CREATE SCHEMA "Fußball ⚽";

CREATE TABLE "Fußball ⚽"."Spiele" (
    "Datum"      date NOT NULL,
    "Liga"       text NOT NULL,
    "Heim"       text NOT NULL,
    "Gäste"      text NOT NULL,
    "Tore Heim"  smallint,
    "Tore Gäste" smallint
) PARTITION BY LIST ("Liga");
CREATE TABLE "Fußball ⚽"."Österreich"  PARTITION OF "Fußball ⚽"."Spiele" FOR VALUES IN ('Österreichische Bundesliga');
CREATE TABLE "Fußball ⚽"."Deutschland" PARTITION OF "Fußball ⚽"."Spiele" FOR VALUES IN ('Deutsche Bundesliga');
CREATE TABLE "Fußball ⚽"."Übrige"      PARTITION OF "Fußball ⚽"."Spiele" DEFAULT;

CREATE SCHEMA people;

CREATE TABLE people.people (
    name   text NOT NULL,
    age    smallint NOT NULL,
    height smallint NOT NULL
);
CREATE TABLE people."group" (
    "group" integer NOT NULL,
    person  text NOT NULL
);
CREATE TABLE people."PEOPLE" (
    name         text NOT NULL,
    "start"      smallint NOT NULL,
    "end"        smallint,
    commonwealth boolean
);
