ALTER TABLE movies."Movies" ADD PRIMARY KEY (id);
ALTER TABLE movies.awards ADD PRIMARY KEY (movie, year, award), ADD FOREIGN KEY (movie) REFERENCES movies."Movies";
ALTER TABLE "Fußball ⚽"."Spiele" ADD PRIMARY KEY ("Liga", "Datum", "Heim", "Gäste");
ALTER TABLE people.people ADD PRIMARY KEY (name);
ALTER TABLE people."group" ADD PRIMARY KEY ("group", person), ADD FOREIGN KEY (person) REFERENCES people.people;
ALTER TABLE people."PEOPLE" ADD PRIMARY KEY (name), ADD UNIQUE ("start");

CREATE VIEW movies."Top 250" AS
    SELECT "Title", "IMDB Rating", "IMDB Votes" FROM movies."Movies" WHERE "IMDB Votes" > 25000 ORDER BY "IMDB Rating" DESC, id LIMIT 250;
CREATE VIEW "Fußball ⚽"."Tabelle, 100% {{echt}}" AS
    SELECT "Liga", "Heim" AS "Verein", count(*) AS "Heimspiele", sum("Tore Heim") AS "Tore" FROM "Fußball ⚽"."Spiele" GROUP BY "Liga", "Heim";

COMMENT ON TABLE movies."Movies" IS 'Films with their budgets, takings and ratings; real data with real gaps';
COMMENT ON COLUMN movies."Movies"."US Gross" IS 'US dollars';
COMMENT ON TABLE people."PEOPLE" IS 'Monarchs: another table than "people"';
COMMENT ON TABLE "Fußball ⚽"."Spiele" IS 'Spiele europäischer Ligen, nach Liga in Partitionen';
