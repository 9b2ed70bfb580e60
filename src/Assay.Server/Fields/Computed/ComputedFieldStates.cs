using System.Data.Common;
using System.Text.Json;
using Assay.Server.Web;
using Dapper;

namespace Assay.Server.Fields.Computed;

/// <summary>
/// What becomes of computed fields when those that they depend on go missing and come back. What a user masked or excluded stays so; what is
/// computed from a masked field is masked itself, or it would tell what is hidden.
/// </summary>
internal static class ComputedFieldStates
{
    private const string Containers = "SELECT c.id FROM containers c WHERE c.datastore_id = @datastore AND EXISTS (SELECT 1 FROM computed_fields x WHERE x.container_id = c.id)";

    /// <summary>Brings the computed fields of a datastore in line, within the caller's transaction.</summary>
    public static async Task ApplyAsync(DbConnection connection, DbTransaction? transaction, long datastore, CancellationToken cancel)
    {
        var computed = (await connection.QueryAsync<(long Id, long Container, string DependsOn, string Status)>(Command(
            $"SELECT f.id, f.container_id, c.depends_on, f.status FROM computed_fields c JOIN fields f ON f.computed_field_id = c.id WHERE c.container_id IN ({Containers})", new { datastore }))).ToList();
        if (computed.Count == 0) return;
        var states = (await connection.QueryAsync<(long Container, string Name, string Status)>(Command(
            $"SELECT container_id, name, status FROM fields WHERE computed_field_id IS NULL AND container_id IN ({Containers})", new { datastore })))
            .ToDictionary(f => (f.Container, f.Name), f => f.Status);
        foreach (var field in computed)
        {
            var depends = JsonSerializer.Deserialize<List<string>>(field.DependsOn, Json.Options)!.Select(name => states.GetValueOrDefault((field.Container, name), FieldStatus.Missing));
            var next = Next(field.Status, [.. depends]);
            if (next != field.Status) await connection.ExecuteAsync(Command("UPDATE fields SET status = @next WHERE id = @id", new { next, id = field.Id }));
        }

        CommandDefinition Command(string sql, object values) => new(sql, values, transaction, cancellationToken: cancel);
    }

    /// <summary>The state that follows from the states of what a field depends on.</summary>
    public static string Next(string status, IReadOnlyCollection<string> depends) => status switch
    {
        FieldStatus.Active or FieldStatus.Missing when depends.Contains(FieldStatus.Excluded) => FieldStatus.Excluded,
        FieldStatus.Active when depends.Contains(FieldStatus.Missing) => FieldStatus.Missing,
        FieldStatus.Active or FieldStatus.Missing when !depends.Contains(FieldStatus.Missing) => depends.Contains(FieldStatus.Masked) ? FieldStatus.Masked : FieldStatus.Active,
        _ => status,
    };
}
