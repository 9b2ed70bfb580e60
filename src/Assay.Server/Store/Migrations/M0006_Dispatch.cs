using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Quartz;

namespace Assay.Server.Store.Migrations;

/// <summary>Quartz's own tables, from the script that its package brings along for either store.</summary>
[DbContext(typeof(AssayDb)), Migration("0006_Dispatch")]
internal sealed class M0006_Dispatch : Migration
{
    private const string Prefix = "qrtz_";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var dialect = ActiveProvider!.Contains("Sqlite", StringComparison.Ordinal) ? "sqlite" : "postgres";
        foreach (var statement in Script(dialect).ReplaceLineEndings("\n").Split("\n--;;\n"))
            if (statement.Split('\n').Any(line => line.Trim() is { Length: > 0 } text && !text.StartsWith("--", StringComparison.Ordinal)))
                migrationBuilder.Sql(statement.Replace("{0}", Prefix).Replace("{1}", Prefix));
    }

    private static string Script(string dialect)
    {
        var name = $"Quartz.Impl.AdoJobStore.Schema.create_{dialect}.sql";
        using var resource = typeof(IScheduler).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"Quartz's package no longer holds {name}.");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
