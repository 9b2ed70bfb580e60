using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Samples.Data;
using Assay.Samples.Postgres;

namespace Assay.Samples;

/// <summary>How the running server is reached.</summary>
internal sealed record ServeFacts(string Host, int Port, string Reader, string Writer, string Password, IReadOnlyList<string> Databases, string EvidenceDatabase)
{
    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    [JsonIgnore]
    public string Text => $"""
        PostgreSQL with sample data: {Host} port {Port}
        databases: {string.Join(", ", Databases)}; for evidence: {EvidenceDatabase}
        users: {Reader} (reads all), {Writer} (owns schema {EvidenceDatabase}); password of both: {Password}
        """;

    public static ServeFacts Of(LocalPostgres server, string password) =>
        new(server.Host, server.Port, SampleRoles.Reader, SampleRoles.Writer, password, SampleLoader.Databases, SampleRoles.EvidenceDatabase);

    /// <summary>Writes them all at once, so that whoever waits for the file never reads half of it.</summary>
    public void WriteTo(string file)
    {
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(this, json));
        File.Move(file + ".new", file, overwrite: true);
    }
}
