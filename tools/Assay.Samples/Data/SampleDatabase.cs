namespace Assay.Samples.Data;

/// <summary>A database of the sample data: two scripts, and between them the rows.</summary>
/// <param name="Name">The database, and the scripts <c>Sql/{Name}.tables.sql</c> and <c>Sql/{Name}.finish.sql</c>.</param>
internal sealed record SampleDatabase(string Name, IReadOnlyList<SampleTable> Tables)
{
    public static IReadOnlyList<SampleDatabase> All { get; } =
    [
        new("travel",
        [
            new("flights.airports", "airports.csv"),
            new("flights.flights (date, delay, distance, origin, destination)", "flights-20k.json", "date", "delay", "distance", "origin", "destination"),
            new("flights.routes", "flights-airport.csv"),
            new("wildlife.birdstrikes (\"Airport Name\", \"Aircraft Make Model\", \"Effect Amount of damage\", \"Flight Date\", \"Aircraft Airline Operator\", \"Origin State\", \"Phase of flight\", \"Wildlife Size\", \"Wildlife Species\", \"Time of day\", \"Cost Other\", \"Cost Repair\", \"Cost Total $\", \"Speed IAS in knots\")", "birdstrikes.csv"),
            new("wildlife.species", "species.csv"),
        ]),
        new("culture",
        [
            new("movies.\"Movies\" (\"Title\", \"US Gross\", \"Worldwide Gross\", \"US DVD Sales\", \"Production Budget\", \"Release Date\", \"MPAA Rating\", \"Running Time min\", \"Distributor\", \"Source\", \"Major Genre\", \"Creative Type\", \"Director\", \"Rotten Tomatoes Rating\", \"IMDB Rating\", \"IMDB Votes\")", "movies.json",
                "Title", "US Gross", "Worldwide Gross", "US DVD Sales", "Production Budget", "Release Date", "MPAA Rating", "Running Time min", "Distributor", "Source", "Major Genre", "Creative Type", "Director", "Rotten Tomatoes Rating", "IMDB Rating", "IMDB Votes"),
            new("\"Fußball ⚽\".\"Spiele\"", "football.json", "date", "division", "home_team", "away_team", "home_score", "away_score"),
            new("people.people", "lookup_people.csv"),
            new("people.\"group\"", "lookup_groups.csv"),
            new("people.\"PEOPLE\"", "monarchs.json", "name", "start", "end", "commonwealth"),
        ]),
        new("places",
        [
            new("geo.zipcodes", "zipcodes.csv"),
            new("geo.countries", "gapminder.json", "country", "year", "cluster", "pop", "life_expect", "fertility"),
            new("geo.earthquakes (id, properties, geometry)", "earthquakes.json", "id", "properties", "geometry"),
            new("weather.weather", "weather.csv"),
            new("weather.normals", "seattle-weather-hourly-normals.csv"),
            new("weather.co2", "co2-concentration.csv"),
            new("economy.jobs", "jobs.json", "job", "sex", "year", "count", "perc"),
            new("economy.stocks", "stocks.csv"),
            new("economy.unemployment", "unemployment.tsv"),
        ]),
        new("regions", [new("load.airports", "airports.csv")]),
    ];

    /// <summary>A script that came with this program.</summary>
    public string Script(string part)
    {
        using var stream = typeof(SampleDatabase).Assembly.GetManifestResourceStream($"{Name}.{part}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
