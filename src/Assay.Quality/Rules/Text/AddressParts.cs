using Assay.Engine;

namespace Assay.Quality.Rules.Text;

/// <summary>The parts of a postal address by their usual shapes.</summary>
internal static class AddressParts
{
    private const string StreetWords =
        "street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|square|sq|highway|hwy|parkway|pkwy|way|terrace|ter|trail|trl|circle|cir|alley|crescent|close|row|quay|"
        + "rue|chemin|allee|allée|quai|via|viale|piazza|corso|calle|avenida|paseo|plaza|rua|travessa|ulica|ul|gata|gatan|weg|laan|straat|plein|allee|platz|ring|damm|ufer";

    private const string States =
        "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|PR|"
        + "AB|BC|MB|NB|NL|NS|ON|PE|QC|SK|NSW|VIC|QLD|TAS|ACT";

    private const string StateNames =
        "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|"
        + "minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|south carolina|"
        + "south dakota|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming|alberta|british columbia|manitoba|ontario|quebec|québec|saskatchewan|nova scotia|queensland|"
        + "victoria|tasmania|new south wales|bavaria|bayern|hessen|sachsen|thüringen|baden-württemberg|niedersachsen|nordrhein-westfalen|england|scotland|wales";

    private const string Countries =
        "usa|u\\.s\\.a\\.?|us|united states(?: of america)?|uk|united kingdom|great britain|canada|australia|new zealand|ireland|germany|deutschland|france|spain|españa|italy|italia|portugal|"
        + "netherlands|nederland|belgium|switzerland|austria|österreich|denmark|sweden|norway|finland|poland|polska|czech republic|czechia|hungary|greece|turkey|romania|bulgaria|ukraine|russia|"
        + "china|japan|india|brazil|brasil|mexico|méxico|argentina|chile|colombia|peru|south africa|egypt|nigeria|kenya|morocco|israel|singapore|south korea|korea|indonesia|malaysia|thailand|"
        + "vietnam|philippines|pakistan|bangladesh|saudi arabia|united arab emirates|uae|luxembourg|iceland|croatia|serbia|slovakia|slovenia|estonia|latvia|lithuania";

    private const string Postcodes =
        @"\b\d{5}(?:-\d{4})?\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b\d{4} ?[A-Z]{2}\b|\b\d{3}-\d{4}\b|\b\d{5}-\d{3}\b|\b\d{2}-\d{3}\b|\b\d{6}\b|\b\d{3} \d{2}\b|(?:^|,\s*)(?:[A-Z]{1,2}-)?\d{4}\b|\b(?:NSW|VIC|QLD|TAS|ACT|SA|WA|NT) \d{4}\b";

    /// <summary>A condition that is true where the text has the part.</summary>
    /// <param name="label">road, city, state, country or postcode.</param>
    /// <param name="text">An expression that is text and not NULL.</param>
    public static string Has(string label, string text) => label.ToLowerInvariant() switch
    {
        "road" => Match(text, $@"(?i)\b\d+[a-z]?[\s,]+(?:[\p{{L}}0-9.'-]+\s+){{0,5}}(?:{StreetWords})\b|\b(?:{StreetWords})\.?\s+(?:[\p{{L}}.'-]+\s+){{0,5}}\d+|[\p{{L}}-]+(?:straße|strasse|str\.|weg|platz|allee|straat|laan|gatan|vägen)\s+\d+|\bp\.?\s?o\.? box \d+|\bbroadway\b"),
        "state" => $"({Match(text, $@"(?:^|[,\s])(?:{States})(?:[\s,.]|$)")} OR {Match(text, $@"(?i)\b(?:{StateNames})\b")})",
        "country" => Match(text, $@"(?i)(?:^|[,\s])(?:{Countries})\.?\s*$"),
        "postcode" => Match(text, Postcodes),
        // A part between commas, or one beside a postal code, that is words and no country; Washington and New York are cities as well as states.
        _ => $"(arrayExists(p -> match(p, {EngineLiteral.Quote(@"^\p{L}[\p{L}.'’ -]+$")}) AND NOT match(p, {EngineLiteral.Quote($@"(?i)^(?:{Countries})$")}) "
            + $"AND NOT match(p, {EngineLiteral.Quote($@"(?i)\b(?:{StreetWords})$")}) AND length(p) > 2, "
            + $"arrayMap(p -> trimBoth(replaceRegexpAll(p, {EngineLiteral.Quote($@"\b(?:{States})\b|{Postcodes}")}, '')), splitByChar(',', {text}))))",
    };

    private static string Match(string text, string pattern) => $"match({text}, {EngineLiteral.Quote(pattern)})";
}
